import { InputTooLongError } from "./errors";
import { featureCount, featuresOf } from "./features";
import type { Buf } from "./kernels/kernels";
import { linear } from "./mlp";
import type { Pass } from "./pass";
import { partsOf, type Table, tableNamed } from "./prepare";
import type { AttentionRows } from "./scores";
import type { AttentionSpec, LearnedRule, ScoreRule } from "./spec";

/** What scores are made of: queries and keys where the rule compares them, and what the attention reads. */
export interface Compared {
  /** [head, query_pos, d_head] */
  readonly q: Buf | null;
  /** [kv_head, key_pos, d_head] */
  readonly k: Buf | null;
  /** [query_pos, d_model] */
  readonly x: Buf;
}

/** One rule at work: where its weights and its sites are. */
interface Work extends Compared {
  readonly pass: Pass;
  readonly spec: AttentionSpec;
  readonly rows: AttentionRows;
  /** Prefix of the rule's weights. */
  readonly weights: string;
  /** The attention's name, for its sites. */
  readonly name: string;
}

/**
 * Scores by a rule other than q·k, before the scale (equations 79–86 of docs/maths.md). `name` is the attention's,
 * `weights` that of its weights. [head, query_pos, key_pos]
 */
export function ruleScores(
  pass: Pass,
  name: string,
  weights: string,
  spec: AttentionSpec,
  compared: Compared,
  rows: AttentionRows,
): Buf {
  return scoresOf({ ...compared, pass, spec, rows, name, weights: `${weights}.score` }, spec.score);
}

function scoresOf(work: Work, rule: ScoreRule): Buf {
  switch (rule.kind) {
    case "dot":
      return products(work, work.q, work.k, work.spec.dHead);
    case "linear": {
      const { pass, name, spec, rows } = work;
      const count = featureCount(rule.features, spec.dHead);
      const phi = (x: Buf | null): Buf => featuresOf(pass.kernels, rule.features, needed(x), spec.dHead);
      const q = pass.put(`${name}.step_phi_q`, phi(work.q), [spec.nHeads, rows.queries, count]);
      const k = pass.put(`${name}.step_phi_k`, phi(work.k), [spec.nKvHeads, rows.keys, count]);
      return products(work, q, k, count);
    }
    case "mixture":
      return mixture(work, rule.of);
    case "additive":
      return additive(work, rule.width);
    case "dense":
      return dense(work, rule);
    case "factorisedDense":
      return factorisedDense(work, rule);
    case "random":
      return tabled(work, rule.length, (i, j, head) => {
        const row = tableNamed(work.pass.model, `${work.weights}.R`).row(head * rule.length + i);
        return row[j];
      });
    case "factorisedRandom":
      return factorisedRandom(work, rule);
    default:
      return rule satisfies never;
  }
}

/** A rule that reads queries and keys always gets them. */
function needed(x: Buf | null): Buf {
  if (x === null) throw new TypeError("the score rule reads queries and keys, and there are none");
  return x;
}

function products({ pass, spec, rows }: Work, q: Buf | null, k: Buf | null, dHead: number): Buf {
  const { nHeads: heads, nKvHeads: kvHeads } = spec;
  const out = pass.kernels.alloc(heads * rows.queries * rows.keys);
  const shape = { heads, kvHeads, queries: rows.queries, keys: rows.keys, dHead, causalFrom: null };
  pass.kernels.dot(out, needed(q), needed(k), shape);
  return out;
}

/** Σ_r softmax(w_h)_r·S_r; dot products scaled by 1/√d_head (equation 84). */
function mixture(work: Work, rules: readonly (LearnedRule | { readonly kind: "dot" })[]): Buf {
  const { pass, spec, rows, weights } = work;
  const { kernels, model } = pass;
  const out = kernels.alloc(spec.nHeads * rows.queries * rows.keys);
  out.data.fill(0);
  const size = rows.queries * rows.keys;
  const table = tableNamed(model, `${weights}.mix`);
  rules.forEach((rule, r) => {
    const scores = scoresOf({ ...work, weights: `${weights}.${r}` }, rule);
    const scale = rule.kind === "dot" ? 1 / Math.sqrt(spec.dHead) : 1;
    for (let h = 0; h < spec.nHeads; h++) {
      const row = table.row(h);
      const exponentials = row.map((w) => Math.exp(w - Math.max(...row)));
      const share = exponentials[r] / exponentials.reduce((sum, value) => sum + value, 0);
      for (let n = h * size; n < (h + 1) * size; n++) out.data[n] += share * scale * scores.data[n];
    }
  });
  return out;
}

/** vᵀ tanh(q W + k U) for every pair (equation 79). */
function additive({ pass, spec, rows, q, k, weights }: Work, width: number): Buf {
  const { kernels, model } = pass;
  const { nHeads, nKvHeads, dHead } = spec;
  const out = kernels.alloc(nHeads * rows.queries * rows.keys);
  const project = (letter: "W" | "U", head: number, x: Buf, from: number, count: number): Buf => {
    const to = kernels.alloc(count * width);
    const own = kernels.slice(x, from * count * dHead, count * dHead);
    kernels.linear(to, own, count, partsOf(model, `${weights}.${letter}`)[head], null);
    return to;
  };
  for (let h = 0; h < nHeads; h++) {
    const queries = project("W", h, needed(q), h, rows.queries).data.slice();
    const keys = project("U", h, needed(k), Math.floor((h * nKvHeads) / nHeads), rows.keys).data.slice();
    const v = tableNamed(model, `${weights}.v`).row(h);
    for (let i = 0; i < rows.queries; i++) {
      for (let j = 0; j < rows.keys; j++) {
        let sum = 0;
        for (let d = 0; d < width; d++) sum += v[d] * Math.tanh(queries[i * width + d] + keys[j * width + d]);
        out.data[(h * rows.queries + i) * rows.keys + j] = sum;
      }
    }
  }
  return out;
}

/** relu(x W₁ + b₁) W₂ + b₂ per head (equation 80). */
function dense(work: Work, { hidden, length }: Extract<LearnedRule, { kind: "dense" }>): Buf {
  const { pass, spec, rows, name, weights } = work;
  const { kernels, model } = pass;
  const flat = linear(pass, `${weights}.W_1`, `${weights}.b_1`, work.x); // [query_pos, head·hidden]
  kernels.activate(flat, flat, "relu");
  const size = rows.queries * hidden;
  const inner = kernels.alloc(spec.nHeads * size); // [head, query_pos, hidden]
  for (let h = 0; h < spec.nHeads; h++) {
    for (let i = 0; i < rows.queries; i++) {
      const start = (i * spec.nHeads + h) * hidden;
      inner.data.set(flat.data.subarray(start, start + hidden), h * size + i * hidden);
    }
  }
  pass.put(`${name}.step_hidden`, inner, [spec.nHeads, rows.queries, hidden]);
  const all = kernels.alloc(spec.nHeads * rows.queries * length); // [head, query_pos, length]
  for (let h = 0; h < spec.nHeads; h++) {
    const to = kernels.slice(all, h * rows.queries * length, rows.queries * length);
    const from = kernels.slice(inner, h * size, size);
    kernels.linear(to, from, rows.queries, partsOf(model, `${weights}.W_2`)[h], null);
  }
  const bias = tableNamed(model, `${weights}.b_2`);
  return tabled(work, length, (i, j, head) => {
    const row = head * rows.queries + i - rows.from;
    return all.data[row * length + j] + bias.row(head)[j];
  });
}

/** a_j mod a · b_⌊j/a⌋ of the rows of two dense layers (equation 83). */
function factorisedDense(work: Work, { a, b }: Extract<LearnedRule, { kind: "factorisedDense" }>): Buf {
  const { pass, spec, rows, weights } = work;
  const left = linear(pass, `${weights}.W_A`, `${weights}.b_A`, work.x); // [query_pos, head·a]
  const right = linear(pass, `${weights}.W_B`, `${weights}.b_B`, work.x); // [query_pos, head·b]
  return tabled(work, a * b, (i, j, head) => {
    const row = (i - rows.from) * spec.nHeads + head;
    return left.data[row * a + (j % a)] * right.data[row * b + Math.floor(j / a)];
  });
}

/** R₁R₂ᵀ (equation 82). */
function factorisedRandom(
  work: Work,
  { length, rank }: Extract<LearnedRule, { kind: "factorisedRandom" }>,
): Buf {
  const { model } = work.pass;
  const rowsOf = (table: Table) => (head: number, at: number) => table.row(head * length + at);
  const left = rowsOf(tableNamed(model, `${work.weights}.R_1`));
  const right = rowsOf(tableNamed(model, `${work.weights}.R_2`));
  return tabled(work, length, (i, j, head) => {
    const [query, key] = [left(head, i), right(head, j)];
    let sum = 0;
    for (let d = 0; d < rank; d++) sum += query[d] * key[d];
    return sum;
  });
}

/** A score for every head, query and key, within the length that the rule reaches. */
function tabled(
  { pass, spec, rows, name }: Work,
  length: number,
  score: (query: number, key: number, head: number) => number,
): Buf {
  if (rows.keys > length) throw new InputTooLongError({ count: rows.keys, limit: length, stack: name });
  const out = pass.kernels.alloc(spec.nHeads * rows.queries * rows.keys);
  const { data } = out;
  let cell = 0;
  for (let h = 0; h < spec.nHeads; h++) {
    for (let i = 0; i < rows.queries; i++) {
      for (let j = 0; j < rows.keys; j++) data[cell++] = score(rows.from + i, j, h);
    }
  }
  return out;
}
