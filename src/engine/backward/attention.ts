import { scoredSite } from "../attention";
import { NotAvailableError } from "../errors";
import type { Matrix } from "../kernels/kernels";
import { hiddenCells } from "../masks";
import { rotate } from "../positions";
import { matrixOf, partsOf } from "../prepare";
import { multiplies } from "../scores";
import type { AttentionSpec } from "../spec";
import {
  type HeadShape,
  linearBack,
  queriesBack,
  rotateBack,
  softmaxBack,
  valuesBack,
  weightsBack,
} from "./products";
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
  const temperature = plainTemperature(spec);
  const shape: HeadShape = { heads: spec.nHeads, kvHeads: spec.nKvHeads, dHead: spec.dHead, ...lengths };
  const site = (stage: string): Float32Array => tape.site(`${name}.${stage}`);
  const put = (stage: string, gradient: Float32Array): Float32Array => tape.put(`${name}.${stage}`, gradient);

  const parts = partsOf(model, `${weights}.W_O`);
  put("hook_result", repeat(dOut, spec.nHeads)); // [head, query_pos, d_model]
  const dz = put("hook_z", joined(parts.map((w) => linearBack(model.kernels, w, dOut)))); // [head, query_pos, d_head]
  const dPattern = put("hook_pattern", weightsBack(site("hook_v"), dz, shape)); // [head, query_pos, key_pos]
  const dv = put("hook_v", valuesBack(site("hook_pattern"), dz, shape)); // [kv_head, key_pos, d_head]
  softmaxStagesBack(tape, name, dPattern, lengths.keys);
  const dSoftmax = softmaxBack(site("hook_pattern"), dPattern, lengths.keys);
  const dScores = put("hook_attn_scores", scaled(dSoftmax, 1 / temperature));
  const dSeen = put("step_scaled", put("step_bias", seen(dScores, spec, lengths)));
  const dDot = put("step_dot", scaled(dSeen, spec.scale));
  const q = tape.site(scoredSite(name, spec, "q"));
  const k = tape.site(scoredSite(name, spec, "k"));
  const dq = put("hook_q", unrotated(tape, name, "q", spec, queriesBack(dDot, k, shape), lengths.queries));
  const dk = put("hook_k", unrotated(tape, name, "k", spec, valuesBack(dDot, q, shape), lengths.keys));
  const back = (letter: string, gradient: Float32Array, heads: number): Float32Array =>
    projectBack(tape, matrixOf(model, `${weights}.W_${letter}`), gradient, heads);
  return {
    x: back("Q", dq, spec.nHeads), // [query_pos, d_model]
    memory: plus(back("K", dk, spec.nKvHeads), back("V", dv, spec.nKvHeads)), // [key_pos, d_model]
  };
}

/** The temperature of an attention by softmax of products. Throws NotAvailableError for any other. */
function plainTemperature(spec: AttentionSpec): number {
  const { score, normaliser, dropped } = spec;
  const fail = (variant: string): never => {
    throw new NotAvailableError({ what: "gradients", variant });
  };
  if (score.kind !== "dot") return fail(`${score.kind} scores`);
  if (multiplies(spec)) return fail("multiplied positions");
  if (dropped !== undefined && dropped.length > 0) return fail("dropped heads");
  return normaliser.kind === "softmax" ? normaliser.temperature : fail(normaliser.kind);
}

/** exp/Σ exp: dexp = (dp − Σ_k dp_k p_k)/Σ, dΣ = −Σ_k dp_k p_k/Σ; the maximum cancels. Only where the trace has these stages. */
function softmaxStagesBack(tape: Tape, name: string, dPattern: Float32Array, keys: number): void {
  if (!tape.has(`${name}.step_row_sum`)) return;
  const sums = tape.site(`${name}.step_row_sum`);
  const pattern = tape.site(`${name}.hook_pattern`);
  const dSum = new Float32Array(sums.length);
  const dExp = new Float32Array(pattern.length);
  for (let r = 0; r < sums.length; r++) {
    if (sums[r] === 0) continue;
    let along = 0;
    for (let n = r * keys; n < (r + 1) * keys; n++) along += dPattern[n] * pattern[n];
    dSum[r] = -along / sums[r];
    for (let n = r * keys; n < (r + 1) * keys; n++) dExp[n] = (dPattern[n] - along) / sums[r];
  }
  tape.put(`${name}.step_exp`, dExp);
  tape.put(`${name}.step_row_sum`, dSum);
  tape.put(`${name}.step_row_max`, new Float32Array(sums.length));
}

/** The gradient before the mask: none for cells whose score the mask replaced. [head, query_pos, key_pos] */
function seen(dScores: Float32Array, spec: AttentionSpec, lengths: AttentionLengths): Float32Array {
  const hidden = hiddenCells(spec.mask, 0, lengths.queries, lengths.keys, lengths.padding);
  return dScores.map((gradient, n) => (hidden[n % hidden.length] === 1 ? 0 : gradient));
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
