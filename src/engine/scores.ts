import type { Buf } from "./kernels/kernels";
import { hiddenCells, isCausal } from "./masks";
import type { Pass } from "./pass";
import { scoreBias } from "./positions";
import type { AttentionSpec } from "./spec";

/** Which rows an attention computes: `queries` of them from position `from`, against all `keys`. */
export interface AttentionRows {
  readonly from: number;
  readonly queries: number;
  readonly keys: number;
  /** 1 = real, 0 = padding, per key. */
  readonly padding: readonly number[] | null;
}

/** A run of heads of one attention: all of them, or the one that is derived. */
export interface HeadRange {
  readonly first: number;
  readonly heads: number;
  readonly kvHeads: number;
}

/** All heads of an attention. */
export function allHeads(spec: AttentionSpec): HeadRange {
  return { first: 0, heads: spec.nHeads, kvHeads: spec.nKvHeads };
}

/**
 * pattern = softmax(mask(scale·q·k + bias)) in stages, each a site of `{name}` (equations 18–27 of docs/maths.md).
 * q [head, query_pos, d_head], k [kv_head, key_pos, d_head] → [head, query_pos, key_pos].
 */
export function patternOf(
  pass: Pass,
  name: string,
  spec: AttentionSpec,
  range: HeadRange,
  q: Buf,
  k: Buf,
  rows: AttentionRows,
): Buf {
  const shape = [range.heads, rows.queries, rows.keys]; // [head, query_pos, key_pos]
  const put = (site: string, value: Buf): Buf => pass.put(`${name}.${site}`, value, shape);
  const scores = rawScores(pass, spec, range, q, k, rows, isCausal(spec) && !recordsRaw(pass, name), put);
  hide(pass, scores, spec, rows);
  put("hook_attn_scores", scores);
  return softmax(pass, name, spec, scores, shape);
}

/** Whether a stage before the mask is captured or edited: then its cells above the diagonal are computed too. */
export function recordsRaw(pass: Pass, name: string): boolean {
  return RAW_STAGES.some((site) => pass.wants(`${name}.${site}`));
}

const RAW_STAGES = ["step_dot", "step_scaled", "step_bias"];

/** scale·q·k + bias, stage by stage through `put` (equations 18–22). [head, query_pos, key_pos] */
export function rawScores(
  pass: Pass,
  spec: AttentionSpec,
  range: HeadRange,
  q: Buf,
  k: Buf,
  rows: AttentionRows,
  skipHidden: boolean,
  put: (site: string, value: Buf) => Buf,
): Buf {
  const { kernels } = pass;
  const scores = kernels.alloc(range.heads * rows.queries * rows.keys);
  kernels.dot(scores, q, k, dotShape(spec, range, rows, skipHidden ? rows.from : null));
  put("step_dot", scores);
  kernels.scale(scores, scores, spec.scale);
  put("step_scaled", scores);
  const bias = biasOf(pass, spec, range, rows);
  if (bias !== null) kernels.add(scores, scores, put("step_bias", bias));
  return scores;
}

/** The sizes of a dot or mix over these heads and rows; `causalFrom` skips the cells above the diagonal. */
export function dotShape(
  spec: AttentionSpec,
  range: HeadRange,
  rows: AttentionRows,
  causalFrom: number | null,
) {
  const { heads, kvHeads } = range;
  return { heads, kvHeads, queries: rows.queries, keys: rows.keys, dHead: spec.dHead, causalFrom };
}

/** The positions' term of every score, or null. [head, query_pos, key_pos] */
function biasOf(
  { kernels, model }: Pass,
  spec: AttentionSpec,
  range: HeadRange,
  rows: AttentionRows,
): Buf | null {
  const bias = scoreBias(model, spec.positions);
  if (bias === null) return null;
  const out = kernels.alloc(range.heads * rows.queries * rows.keys);
  const { data } = out;
  let cell = 0;
  for (let h = 0; h < range.heads; h++) {
    for (let i = 0; i < rows.queries; i++) {
      for (let j = 0; j < rows.keys; j++) data[cell++] = bias(range.first + h, rows.from + i, j);
    }
  }
  return out;
}

/** Hidden cells get the mask value, in every head alike (equation 23). */
function hide({ kernels }: Pass, scores: Buf, spec: AttentionSpec, rows: AttentionRows): void {
  if (spec.mask.kind === "none" && rows.padding === null) return;
  const hidden = kernels.alloc(rows.queries * rows.keys);
  hidden.data.set(hiddenCells(spec.mask, rows.from, rows.queries, rows.keys, rows.padding));
  kernels.hide(scores, hidden, spec.maskValue);
}

/** pattern[i, j] = e^(s/T − max) / Σ_j e^(s/T − max), with its stages as sites (equations 24–27). */
function softmax(pass: Pass, name: string, spec: AttentionSpec, scores: Buf, shape: readonly number[]): Buf {
  const { kernels } = pass;
  const [heads, queries, keys] = shape;
  const rows = heads * queries;
  const pattern = kernels.alloc(scores.length);
  const rowMax = kernels.alloc(rows);
  const rowSum = kernels.alloc(rows);
  const exp = pass.wants(`${name}.step_exp`) || editsStages(pass, name) ? kernels.alloc(scores.length) : null;
  const { temperature } = spec.normaliser;
  if (temperature !== 1) kernels.scale(scores, scores, 1 / temperature);
  kernels.softmax(pattern, scores, rows, keys, { rowMax, exp, rowSum });

  pass.put(`${name}.step_row_max`, rowMax, [heads, queries, 1]);
  if (exp !== null && pass.edited(`${name}.step_row_max`)) expOf(exp, scores, rowMax, keys);
  if (exp !== null) pass.put(`${name}.step_exp`, exp, shape);
  if (exp !== null && editsStages(pass, name)) sumRows(rowSum, exp, keys);
  pass.put(`${name}.step_row_sum`, rowSum, [heads, queries, 1]);
  if (exp !== null && editsStages(pass, name)) divideRows(pattern, exp, rowSum, keys);
  return pass.put(`${name}.hook_pattern`, pattern, shape);
}

/** Whether an edit changes a stage between the scores and the pattern, so that what follows is computed from it. */
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

function sumRows(rowSum: Buf, exp: Buf, keys: number): void {
  for (let r = 0; r < rowSum.length; r++) {
    rowSum.data[r] = exp.data.subarray(r * keys, (r + 1) * keys).reduce((sum, value) => sum + value, 0);
  }
}

function divideRows(pattern: Buf, exp: Buf, rowSum: Buf, keys: number): void {
  for (let n = 0; n < pattern.length; n++) {
    const sum = rowSum.data[Math.floor(n / keys)];
    pattern.data[n] = sum === 0 ? 0 : exp.data[n] / sum;
  }
}
