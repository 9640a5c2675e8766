import { logSoftmax } from "../engine/decode/sampling";
import type { Tensor } from "../engine/tensor";

/** log₂ of the softmax of some logits. [d_vocab] */
export function log2Softmax(logits: Float32Array): Float64Array {
  return logSoftmax(logits).map((nats) => nats / Math.LN2);
}

/** How many bits the distribution of `to` is away from that of `from`, both logits. Equation 60 of docs/maths.md. */
export function klDivergence(from: Float32Array, to: Float32Array): number {
  const p = log2Softmax(from);
  const q = log2Softmax(to);
  return p.reduce((sum, bits, at) => (bits === -Infinity ? sum : sum + 2 ** bits * (bits - (q[at] ?? 0))), 0);
}

/** One outcome whose probability differs between two distributions. */
export interface ProbabilityChange {
  readonly id: number;
  readonly before: number;
  readonly after: number;
}

/** The outcomes whose probability changed most between two rows of logits, greatest change first. */
export function topChanges(
  before: Float32Array,
  after: Float32Array,
  count: number,
): readonly ProbabilityChange[] {
  const q = log2Softmax(after);
  return Array.from(log2Softmax(before), (bits, id) => ({
    id,
    before: 2 ** bits,
    after: 2 ** (q[id] ?? -Infinity),
  }))
    .toSorted((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before))
    .slice(0, count);
}

/** The outcomes with the greatest probability. */
export function topOutcomes(
  logits: Float32Array,
  count: number,
): readonly { readonly id: number; readonly probability: number }[] {
  return Array.from(log2Softmax(logits), (bits, id) => ({ id, probability: 2 ** bits }))
    .toSorted((a, b) => b.probability - a.probability)
    .slice(0, count);
}

/** The logits of one position, as a view. [pos, d_vocab] → [d_vocab] */
export function logitsAt(logits: Tensor, position: number): Float32Array {
  const columns = logits.shape.at(-1) ?? 0;
  return logits.data.subarray(position * columns, (position + 1) * columns);
}
