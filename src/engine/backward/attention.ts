import { NotAvailableError } from "../errors";
import type { Matrix } from "../kernels/kernels";
import { hiddenCells } from "../masks";
import { rotate } from "../positions";
import { matrixOf, partsOf } from "../prepare";
import { multiplies } from "../scores";
import type { AttentionSpec } from "../spec";
import { usesQueries } from "../weights";
import { normaliserBack } from "./normalisers";
import { type HeadShape, linearBack, rotateBack, valuesBack, weightsBack } from "./products";
import { type ComparedGradients, ruleBack } from "./scoreRules";
import { plus, type Tape } from "./tape";

/** Lengths and padding of one attention. */
export interface AttentionLengths {
  readonly queries: number;
  readonly keys: number;
  readonly padding: readonly number[] | null;
}

/** From the gradient of an attention's output [query_pos, d_model] to those of what its queries and its keys were read from. */
export function attentionBack(
  tape: Tape,
  name: string,
  weights: string,
  spec: AttentionSpec,
  lengths: AttentionLengths,
  dOut: Float32Array,
): { readonly x: Float32Array; readonly memory: Float32Array } {
  const { model } = tape;
  const parts = partsOf(model, `${weights}.W_O`);
  tape.put(`${name}.hook_result`, repeat(dOut, spec.nHeads)); // [head, query_pos, d_model]
  const dz = joined(parts.map((w) => linearBack(model.kernels, w, dOut))); // [head, query_pos, d_head]
  const { compared, v } = mixBack(tape, name, weights, spec, lengths, dz, spec.dHead);
  const back = (letter: string, gradient: Float32Array, heads: number): Float32Array =>
    projectBack(tape, matrixOf(model, `${weights}.W_${letter}`), gradient, heads);
  const dQuery = compared.q === null ? null : back("Q", compared.q, spec.nHeads);
  const dKey = compared.k === null ? null : back("K", compared.k, spec.nKvHeads);
  const dValue = back("V", v, spec.nKvHeads); // [key_pos, d_model]
  return {
    x: total(dQuery, compared.x) ?? new Float32Array(dOut.length), // [query_pos, d_model]
    memory: dKey === null ? dValue : plus(dKey, dValue), // [key_pos, d_model]
  };
}

/** From the gradient of the mixed values z [head, query_pos, width] to those of the values and of what was compared. */
export function mixBack(
  tape: Tape,
  name: string,
  weights: string,
  spec: AttentionSpec,
  lengths: AttentionLengths,
  dMix: Float32Array,
  width: number,
): { readonly compared: ComparedGradients; readonly v: Float32Array } {
  checkGradients(spec);
  const { queries, keys, padding } = lengths;
  const shape: HeadShape = { heads: spec.nHeads, kvHeads: spec.nKvHeads, dHead: spec.dHead, queries, keys };
  const values: HeadShape = { ...shape, dHead: width };
  const site = (stage: string): Float32Array => tape.site(`${name}.${stage}`);
  const put = (stage: string, gradient: Float32Array): Float32Array => tape.put(`${name}.${stage}`, gradient);
  const hidden = hiddenCells(spec.mask, 0, queries, keys, padding);
  const seen = (gradient: Float32Array): Float32Array =>
    gradient.map((value, n) => (hidden[n % hidden.length] === 1 ? 0 : value));

  const dz = put("hook_z", dMix);
  const dPattern = put("hook_pattern", weightsBack(site("hook_v"), dz, values)); // [head, query_pos, key_pos]
  const v = put("hook_v", valuesBack(site("hook_pattern"), dz, values)); // [kv_head, key_pos, width]
  const dRows = normaliserBack(tape, name, spec, dPattern, keys, seenKeys(hidden, queries, keys));
  const isHard = spec.maskValue === Number.NEGATIVE_INFINITY;
  const dScores = put("hook_attn_scores", isHard ? seen(dRows) : dRows);
  const dSeen = put("step_scaled", put("step_bias", seen(dScores)));
  const dDot = put("step_dot", scaled(dSeen, spec.scale));
  const { q, k, x } = ruleBack(tape, name, weights, spec, spec.score, dDot, shape);
  const unturned = (letter: "q" | "k", gradient: Float32Array | null, rows: number) =>
    gradient && put(`hook_${letter}`, unrotated(tape, name, letter, spec, gradient, rows));
  return { compared: { q: unturned("q", q, queries), k: unturned("k", k, keys), x }, v };
}

/** Throws NotAvailableError for a variant whose gradients are not written down. */
function checkGradients(spec: AttentionSpec): void {
  const fail = (variant: string): never => {
    throw new NotAvailableError({ what: "gradients", variant });
  };
  if (multiplies(spec)) fail("multiplied positions");
  if (spec.dropped !== undefined && spec.dropped.length > 0) fail("dropped heads");
  if (spec.score.kind !== "dot" && usesQueries(spec.score) && spec.positions.kind === "rotary") {
    fail("rotated features");
  }
}

/** How many keys each query sees. [query_pos] */
function seenKeys(hidden: Uint8Array, queries: number, keys: number): Uint32Array {
  return Uint32Array.from({ length: queries }, (_, i) =>
    hidden.subarray(i * keys, (i + 1) * keys).reduce((count, cell) => count + 1 - cell, 0),
  );
}

function total(a: Float32Array | null, b: Float32Array | null): Float32Array | null {
  return a === null || b === null ? (a ?? b) : plus(a, b);
}

/** From the gradient of the scored queries or keys to that before the rotation. [head, pos, d_head] */
function unrotated(
  { model: { kernels }, put }: Tape,
  name: string,
  letter: "q" | "k",
  { positions, dHead }: AttentionSpec,
  gradient: Float32Array,
  rows: number,
): Float32Array {
  if (positions.kind !== "rotary") return gradient;
  const buf = kernels.alloc(gradient.length);
  buf.data.set(put(`${name}.hook_rot_${letter}`, gradient));
  return rotate(kernels, rotateBack(positions), buf, rows, 0, dHead).data.slice();
}

/** From the gradient of q, k or v [head, pos, d_head] to that of what it was projected from. [pos, d_model] */
function projectBack(tape: Tape, w: Matrix, gradient: Float32Array, heads: number): Float32Array {
  const dHead = w.outDim / heads;
  const rows = gradient.length / w.outDim;
  const flat = new Float32Array(gradient.length); // [pos, head·d_head]
  for (let h = 0; h < heads; h++) {
    for (let r = 0; r < rows; r++) {
      const start = (h * rows + r) * dHead;
      flat.set(gradient.subarray(start, start + dHead), (r * heads + h) * dHead);
    }
  }
  return linearBack(tape.model.kernels, w, flat);
}

function scaled(values: Float32Array, factor: number): Float32Array {
  return values.map((value) => value * factor);
}

function joined(pieces: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(pieces.reduce((length, piece) => length + piece.length, 0));
  pieces.reduce((start, piece) => {
    all.set(piece, start);
    return start + piece.length;
  }, 0);
  return all;
}

/** The same gradient for every head: each result is added to the output. */
function repeat(values: Float32Array, count: number): Float32Array {
  return joined(Array.from({ length: count }, () => values));
}
