import type { Buf } from "./kernels/kernels";
import type { Pass } from "./pass";
import type { AttentionSpec, Normaliser } from "./spec";

/** One attention's scores on their way to a pattern. */
interface Rows {
  readonly pass: Pass;
  readonly name: string;
  /** [head, query_pos, key_pos] */
  readonly shape: readonly number[];
  readonly scores: Buf;
}

/**
 * Scores → pattern, with the stages between as sites of `{name}` (equations 24–27 and 87–90 of docs/maths.md). `seen` is how
 * many keys each query sees. Hidden cells score −∞ and get 0. [head, query_pos, key_pos] → same
 */
export function normalise(
  pass: Pass,
  name: string,
  { normaliser }: Pick<AttentionSpec, "normaliser">,
  scores: Buf,
  shape: readonly number[],
  seen: () => Uint32Array,
): Buf {
  const rows: Rows = { pass, name, shape, scores };
  return pass.put(`${name}.hook_pattern`, patternBy(rows, normaliser, seen), shape);
}

function patternBy(rows: Rows, normaliser: Normaliser, seen: () => Uint32Array): Buf {
  const { kernels } = rows.pass;
  if ("temperature" in normaliser && normaliser.temperature !== 1) {
    kernels.scale(rows.scores, rows.scores, 1 / normaliser.temperature);
  }
  switch (normaliser.kind) {
    case "softmax":
      return softmax(rows);
    case "softmaxPlusOne":
      return softmaxPlusOne(rows);
    case "squaredRelu":
      return squaredRelu(rows, seen());
    case "sum": {
      const weights = shown(rows);
      const rowSum = kernels.alloc(weights.length / rows.shape[2]);
      sumRows(rowSum, weights, rows.shape[2]);
      putRows(rows, "step_row_sum", rowSum);
      divideRows(weights, weights, rowSum, rows.shape[2]);
      return weights;
    }
    case "none":
      return shown(rows);
    default:
      return normaliser satisfies never;
  }
}

/** e^(s − max) / Σ_j e^(s − max) (equations 24–27). */
function softmax({ pass, name, shape, scores }: Rows): Buf {
  const { kernels } = pass;
  const [heads, queries, keys] = shape;
  const rows = heads * queries;
  const pattern = kernels.alloc(scores.length);
  const rowMax = kernels.alloc(rows);
  const rowSum = kernels.alloc(rows);
  const needed = pass.wants(`${name}.step_exp`) || editsStages(pass, name);
  const exp = needed ? kernels.alloc(scores.length) : null;
  kernels.softmax(pattern, scores, rows, keys, { rowMax, exp, rowSum });

  pass.put(`${name}.step_row_max`, rowMax, [heads, queries, 1]);
  if (exp !== null && pass.changed(`${name}.step_row_max`)) expOf(exp, scores, rowMax, keys);
  if (exp !== null) pass.put(`${name}.step_exp`, exp, shape);
  const changed = pass.changed(`${name}.step_row_max`) || pass.changed(`${name}.step_exp`);
  if (exp !== null && changed) sumRows(rowSum, exp, keys);
  pass.put(`${name}.step_row_sum`, rowSum, [heads, queries, 1]);
  const divided = changed || pass.changed(`${name}.step_row_sum`);
  if (exp !== null && divided) divideRows(pattern, exp, rowSum, keys);
  return pattern;
}

/** e^(s − m) / (e^(−m) + Σ_j e^(s − m)) with m = max(0, max s): as if one more key scored 0 and had no value (equation 87). */
function softmaxPlusOne(rows: Rows): Buf {
  const { pass, name, shape, scores } = rows;
  const { kernels } = pass;
  const keys = shape[2];
  const rowMax = kernels.alloc(scores.length / keys);
  for (let r = 0; r < rowMax.length; r++) {
    rowMax.data[r] = scores.data.subarray(r * keys, (r + 1) * keys).reduce((a, b) => Math.max(a, b), 0);
  }
  putRows(rows, "step_row_max", rowMax);
  const exp = kernels.alloc(scores.length);
  expOf(exp, scores, rowMax, keys);
  pass.put(`${name}.step_exp`, exp, shape);
  const rowSum = kernels.alloc(rowMax.length);
  sumRows(rowSum, exp, keys);
  for (let r = 0; r < rowSum.length; r++) rowSum.data[r] += Math.exp(-rowMax.data[r]);
  putRows(rows, "step_row_sum", rowSum);
  const pattern = kernels.alloc(scores.length);
  divideRows(pattern, exp, rowSum, keys);
  return pattern;
}

/** relu(s)²/n, n the number of keys that the query sees (equation 88). */
function squaredRelu(rows: Rows, seen: Uint32Array): Buf {
  const { pass, name, shape } = rows;
  const [, queries, keys] = shape;
  const squares = shown(rows);
  for (let n = 0; n < squares.length; n++) squares.data[n] = Math.max(0, squares.data[n]) ** 2;
  pass.put(`${name}.step_relu2`, squares, shape);
  const pattern = pass.kernels.alloc(squares.length);
  for (let n = 0; n < squares.length; n++) {
    const count = seen[Math.floor(n / keys) % queries];
    pattern.data[n] = count === 0 ? 0 : squares.data[n] / count;
  }
  return pattern;
}

/** The scores with 0 where they are −∞. */
function shown({ pass, scores }: Rows): Buf {
  const out = pass.kernels.alloc(scores.length);
  for (let n = 0; n < scores.length; n++) {
    out.data[n] = scores.data[n] === Number.NEGATIVE_INFINITY ? 0 : scores.data[n];
  }
  return out;
}

function putRows({ pass, name, shape }: Rows, site: string, value: Buf): void {
  pass.put(`${name}.${site}`, value, [shape[0], shape[1], 1]);
}

/** Whether an edit may change a stage between the scores and the pattern. */
function editsStages(pass: Pass, name: string): boolean {
  return ["step_row_max", "step_exp", "step_row_sum"].some((stage) => pass.edited(`${name}.${stage}`));
}

function expOf(exp: Buf, scores: Buf, rowMax: Buf, keys: number): void {
  for (let n = 0; n < exp.length; n++) {
    const score = scores.data[n];
    exp.data[n] =
      score === Number.NEGATIVE_INFINITY ? 0 : Math.exp(score - rowMax.data[Math.floor(n / keys)]);
  }
}

function sumRows(rowSum: Buf, values: Buf, keys: number): void {
  for (let r = 0; r < rowSum.length; r++) {
    rowSum.data[r] = values.data.subarray(r * keys, (r + 1) * keys).reduce((sum, value) => sum + value, 0);
  }
}

function divideRows(pattern: Buf, values: Buf, rowSum: Buf, keys: number): void {
  for (let n = 0; n < pattern.length; n++) {
    const sum = rowSum.data[Math.floor(n / keys)];
    pattern.data[n] = sum === 0 ? 0 : values.data[n] / sum;
  }
}
