import type { Buf } from "./kernels/kernels";
import { hiddenCells, isCausal } from "./masks";
import { normalise } from "./normalisers";
import type { Pass } from "./pass";
import { scoreBias } from "./positions";
import { type Compared, ruleScores } from "./scoreRules";
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
  const put = putter(pass, name, range, rows);
  const scores = rawScores(pass, spec, range, q, k, rows, isCausal(spec) && !recordsRaw(pass, name), put);
  return fromRaw(pass, name, spec, range, scores, rows);
}

/** patternOf for a score rule other than q·k, of all heads. `weights` names the attention's weights. */
export function patternByRule(
  pass: Pass,
  name: string,
  weights: string,
  spec: AttentionSpec,
  compared: Compared,
  rows: AttentionRows,
): Buf {
  const range = allHeads(spec);
  const scores = ruleScores(pass, name, weights, spec, compared, rows);
  scaledAndBiased(pass, spec, range, scores, rows, putter(pass, name, range, rows));
  return fromRaw(pass, name, spec, range, scores, rows);
}

type Put = (site: string, value: Buf) => Buf;

function putter(pass: Pass, name: string, range: HeadRange, rows: AttentionRows): Put {
  const shape = [range.heads, rows.queries, rows.keys]; // [head, query_pos, key_pos]
  return (site, value) => pass.put(`${name}.${site}`, value, shape);
}

/** Scores before the mask → pattern. */
function fromRaw(
  pass: Pass,
  name: string,
  spec: AttentionSpec,
  range: HeadRange,
  scores: Buf,
  rows: AttentionRows,
): Buf {
  hide(pass, scores, spec, rows);
  putter(pass, name, range, rows)("hook_attn_scores", scores);
  const shape = [range.heads, rows.queries, rows.keys]; // [head, query_pos, key_pos]
  return normalise(pass, name, spec, scores, shape, () => seenKeys(spec, rows));
}

/** How many keys each query sees. [query_pos] */
function seenKeys({ mask }: AttentionSpec, { from, queries, keys, padding }: AttentionRows): Uint32Array {
  const hidden = hiddenCells(mask, from, queries, keys, padding);
  return Uint32Array.from({ length: queries }, (_, i) =>
    hidden.subarray(i * keys, (i + 1) * keys).reduce((count, cell) => count + 1 - cell, 0),
  );
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
  put: Put,
): Buf {
  const { kernels } = pass;
  const scores = kernels.alloc(range.heads * rows.queries * rows.keys);
  kernels.dot(scores, q, k, dotShape(spec, range, rows, skipHidden ? rows.from : null));
  scaledAndBiased(pass, spec, range, scores, rows, put);
  return scores;
}

/** scale·s + bias, or scale·s·e^bias, in place; the product itself is the stage before them. */
function scaledAndBiased(
  pass: Pass,
  spec: AttentionSpec,
  range: HeadRange,
  scores: Buf,
  rows: AttentionRows,
  put: Put,
): void {
  const { kernels } = pass;
  if (spec.score.kind === "dot" || spec.score.kind === "linear") put("step_dot", scores);
  kernels.scale(scores, scores, spec.scale);
  put("step_scaled", scores);
  const bias = biasOf(pass, spec, range, rows);
  if (bias === null) return;
  put("step_bias", bias);
  if (!multiplies(spec)) kernels.add(scores, scores, bias);
  else for (let n = 0; n < scores.length; n++) scores.data[n] *= Math.exp(bias.data[n]);
}

/** Whether the relative term multiplies the scores instead of being added. */
export function multiplies({ positions }: Pick<AttentionSpec, "positions">): boolean {
  return "use" in positions && positions.use === "multiply";
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
