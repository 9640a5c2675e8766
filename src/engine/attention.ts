import type { Buf } from "./kernels/kernels";
import { isCausal } from "./masks";
import type { Pass } from "./pass";
import { rotate } from "./positions";
import { matrixOf, partsOf, vectorOf } from "./prepare";
import type { Compared } from "./scoreRules";
import {
  type AttentionRows,
  allHeads,
  dotShape,
  patternByRule,
  patternOf,
  rawScores,
  recordsRaw,
} from "./scores";
import type { AttentionSpec } from "./spec";
import { usesQueries } from "./weights";

/** The rows of one attention; the first `keysFrom` keys and values are those of an earlier run. */
export interface AttentionInput extends AttentionRows {
  readonly keysFrom: number;
}

/** Position vectors of the computed rows. [pos, width] */
export interface Positions {
  readonly value: Buf;
  readonly width: number;
}

/**
 * attn_out = Σ_h (pattern_h · v_g(h)) W_O,h + b_O, with pattern = softmax of the masked scores of q and k.
 * Queries come from x [query_pos, d_model], keys and values from memory [key_pos, d_model] (x itself in self-attention).
 * `positions` are added to what queries and keys, not values, are read from.
 * Returns [query_pos, d_model]; records every stage under `{name}`. (Vaswani et al. 2017, 3.2;
 * equations 14–30 of docs/maths.md.)
 */
export function attention(
  pass: Pass,
  name: string,
  weights: string,
  spec: AttentionSpec,
  x: Buf,
  memory: Buf,
  rows: AttentionInput,
  positions: Positions | null = null,
): Buf {
  const { nHeads, nKvHeads, dHead } = spec;
  const newKeys = rows.keys - rows.keysFrom;
  const from = positions === null ? x : withPositions(pass, name, x, positions);
  const projected = (input: Buf, letter: "Q" | "K" | "V", heads: number, count: number): Buf =>
    pass.put(
      `${name}.hook_${letter.toLowerCase()}`,
      projectHeads(pass, weights, letter, input, heads, count),
      [heads, count, dHead], // [head, pos, d_head]
    );
  const compares = usesQueries(spec.score);
  const q = compares ? projected(from, "Q", nHeads, rows.queries) : null; // [head, query_pos, d_head]
  const k = compares ? projected(memory === x ? from : memory, "K", nKvHeads, newKeys) : null; // [kv_head, key_pos, d_head]
  const v = projected(memory, "V", nKvHeads, newKeys); // [kv_head, key_pos, d_head]
  const pattern = patternFrom(pass, name, weights, spec, { q, k, x }, rows); // [head, query_pos, key_pos]
  const values = afterEarlier(pass, `${name}.hook_v`, v, rows.keysFrom);
  const z = mixValues(pass, name, spec, pattern, values, rows, dHead); // [head, query_pos, d_head]
  return sumHeads(pass, name, weights, z, nHeads, rows.queries); // [query_pos, d_model]
}

/** The pattern of queries and the new keys, after those of an earlier run. [head, query_pos, key_pos] */
export function patternFrom(
  pass: Pass,
  name: string,
  weights: string,
  spec: AttentionSpec,
  compared: Compared,
  rows: AttentionInput,
): Buf {
  const newKeys = rows.keys - rows.keysFrom;
  const q = rotated(pass, name, spec, "q", compared.q, rows.queries, rows.from);
  const k = rotated(pass, name, spec, "k", compared.k, newKeys, rows.keysFrom);
  if (spec.score.kind !== "dot" || q === null || k === null) {
    return patternByRule(pass, name, weights, spec, { q, k, x: compared.x }, rows);
  }
  const keys = afterEarlier(pass, scoredSite(name, spec, "k"), k, rows.keysFrom);
  const pattern = patternOf(pass, name, spec, allHeads(spec), q, keys, rows);
  if (rows.from > 0 && recordsRaw(pass, name)) recordAllRaw(pass, name, spec, q, keys, rows);
  return pattern;
}

/** Queries or keys turned by their positions, where positions rotate. [head, pos, d_head] */
function rotated(
  pass: Pass,
  name: string,
  { positions, dHead }: AttentionSpec,
  letter: "q" | "k",
  x: Buf | null,
  rows: number,
  from: number,
): Buf | null {
  if (x === null || positions.kind !== "rotary") return x;
  const turned = rotate(pass.kernels, positions, x, rows, from, dHead);
  return pass.put(`${name}.hook_rot_${letter}`, turned, [x.length / (rows * dHead), rows, dHead]);
}

/** x + position, what queries and keys are read from. [pos, d_model] */
export function withPositions(pass: Pass, name: string, x: Buf, positions: Positions): Buf {
  const sum = pass.kernels.alloc(x.length);
  pass.kernels.add(sum, x, positions.value);
  return pass.put(`${name}.step_pos_input`, sum, [x.length / positions.width, positions.width]);
}

/** The site that holds the queries or keys which are scored: rotated ones where positions rotate. */
export function scoredSite(name: string, spec: AttentionSpec, letter: "q" | "k"): string {
  return `${name}.${spec.positions.kind === "rotary" ? "hook_rot_" : "hook_"}${letter}`;
}

/** x W + b, one block of d_head columns per head, head first (equations 14–16). x [pos, d_model] → [head, pos, d_head] */
function projectHeads(
  { kernels, model }: Pass,
  weights: string,
  letter: "Q" | "K" | "V",
  x: Buf,
  heads: number,
  rows: number,
): Buf {
  const w = matrixOf(model, `${weights}.W_${letter}`);
  const out = kernels.alloc(rows * w.outDim);
  kernels.project(out, x, rows, w, vectorOf(model, `${weights}.b_${letter}`), heads);
  return out;
}

/** Puts the first `count` rows of a site of an earlier run before the fresh ones, per head. [head, pos, d_head] */
function afterEarlier(pass: Pass, site: string, fresh: Buf, count: number): Buf {
  const earlier = pass.earlier(site);
  if (earlier === null || count === 0) return fresh;
  const [heads, oldRows, dHead] = earlier.shape;
  const old = count * dHead;
  const added = fresh.length / heads;
  const out = pass.kernels.alloc(heads * (old + added));
  for (let h = 0; h < heads; h++) {
    const start = h * oldRows * dHead;
    out.data.set(earlier.data.subarray(start, start + old), h * (old + added));
    out.data.set(fresh.data.subarray(h * added, (h + 1) * added), h * (old + added) + old);
  }
  return out;
}

/** Records the stages before the mask for every query: cells above the diagonal gain keys when rows are reused. */
function recordAllRaw(
  pass: Pass,
  name: string,
  spec: AttentionSpec,
  q: Buf,
  k: Buf,
  rows: AttentionRows,
): void {
  const queries = rows.from + rows.queries;
  const all = afterEarlier(pass, scoredSite(name, spec, "q"), q, rows.from);
  const shape = [spec.nHeads, queries, rows.keys]; // [head, query_pos, key_pos]
  const put = (site: string, value: Buf): Buf => pass.put(`${name}.${site}`, value, shape);
  rawScores(pass, spec, allHeads(spec), all, k, { ...rows, from: 0, queries }, false, put);
}

/** z[h, i, :] = Σ_j pattern[h, i, j]·v[g(h), j, :] (equation 28). [head, query_pos, d_head] */
export function mixValues(
  pass: Pass,
  name: string,
  spec: AttentionSpec,
  pattern: Buf,
  v: Buf,
  rows: AttentionRows,
  width: number,
): Buf {
  const size = rows.queries * width;
  const z = pass.kernels.alloc(spec.nHeads * size);
  const edited = STAGES_OF_PATTERN.some((stage) => pass.edited(`${name}.${stage}`));
  const causalFrom = isCausal(spec) && !edited ? rows.from : null;
  pass.kernels.mix(z, pattern, v, { ...dotShape(spec, allHeads(spec), rows, causalFrom), dHead: width });
  for (const head of spec.dropped ?? []) z.data.fill(0, head * size, (head + 1) * size);
  return pass.put(`${name}.hook_z`, z, [spec.nHeads, rows.queries, width]);
}

/** Sites whose edits may give probability to a key that the mask hides. */
const STAGES_OF_PATTERN = ["step_exp", "step_relu2", "hook_attn_scores", "hook_pattern"];

/** Σ_h result_h + b_O with result_h = z_h W_O,h, heads in order (equations 29, 30). z [head, query_pos, d_head] → [query_pos, d_model] */
export function sumHeads(
  pass: Pass,
  name: string,
  weights: string,
  z: Buf,
  heads: number,
  queries: number,
): Buf {
  const { kernels, model } = pass;
  const parts = partsOf(model, `${weights}.W_O`);
  const [{ inDim, outDim }] = parts;
  const size = queries * outDim;
  const zOf = (h: number): Buf => kernels.slice(z, h * queries * inDim, queries * inDim);
  const out = kernels.alloc(size);
  fillRows(out, vectorOf(model, `${weights}.b_O`), outDim);
  if (!pass.wants(`${name}.hook_result`)) {
    for (let h = 0; h < heads; h++) kernels.linear(out, zOf(h), queries, parts[h], null, true);
    return out;
  }
  const results = kernels.alloc(heads * size);
  const resultOf = (h: number): Buf => kernels.slice(results, h * size, size);
  for (let h = 0; h < heads; h++) kernels.linear(resultOf(h), zOf(h), queries, parts[h], null);
  pass.put(`${name}.hook_result`, results, [heads, queries, outDim]);
  for (let h = 0; h < heads; h++) kernels.add(out, out, resultOf(h));
  return out;
}

/** Every row of out [rows, width] becomes the bias, or zeros without one. */
function fillRows(out: Buf, bias: Buf | null, width: number): void {
  const { data } = out;
  data.fill(0);
  if (bias === null) return;
  for (let start = 0; start < data.length; start += width) data.set(bias.data, start);
}
