import { logSoftmax } from "../engine/decode/sampling";
import type { Tensor } from "../engine/tensor";

/** log₂ of the softmax of some logits. [d_vocab] */
export function log2Softmax(logits: Float32Array): Float64Array {
  const bits = logSoftmax(logits);
  for (let id = 0; id < bits.length; id++) bits[id] = (bits[id] ?? 0) / Math.LN2;
  return bits;
}

/** How many bits the distribution of `to` is away from that of `from`, both logits. Equation 60 of docs/maths.md. */
export function klDivergence(from: Float32Array, to: Float32Array): number {
  const p = logSoftmax(from);
  const q = logSoftmax(to);
  let nats = 0;
  for (let id = 0; id < p.length; id++) {
    const log = p[id] ?? -Infinity;
    if (log !== -Infinity) nats += Math.exp(log) * (log - (q[id] ?? 0));
  }
  return nats / Math.LN2;
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
  const [p, q] = [probabilities(before), probabilities(after)];
  const change = new Float64Array(p.length);
  for (let id = 0; id < p.length; id++) change[id] = Math.abs((q[id] ?? 0) - (p[id] ?? 0));
  return largest(change, count).map((id) => ({ id, before: p[id] ?? 0, after: q[id] ?? 0 }));
}

/** The softmax of some logits. [d_vocab] */
function probabilities(logits: Float32Array): Float64Array {
  const shares = logSoftmax(logits);
  for (let id = 0; id < shares.length; id++) shares[id] = Math.exp(shares[id] ?? -Infinity);
  return shares;
}

/** The outcomes with the greatest probability. */
export function topOutcomes(
  logits: Float32Array,
  count: number,
): readonly { readonly id: number; readonly probability: number }[] {
  const p = log2Softmax(logits);
  return largest(p, count).map((id) => ({ id, probability: 2 ** (p[id] ?? -Infinity) }));
}

/** The places of the `count` largest of some numbers, the largest first; of equals the earlier. */
function largest(values: Float64Array, count: number): readonly number[] {
  const best: number[] = [];
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? Number.NaN;
    if (best.length === count && value <= (values[best[count - 1] ?? 0] ?? 0)) continue;
    const place = best.findIndex((other) => value > (values[other] ?? 0));
    best.splice(place < 0 ? best.length : place, 0, at);
    best.length = Math.min(best.length, count);
  }
  return best;
}

/** The logits of one position, as a view. [pos, d_vocab] → [d_vocab] */
export function logitsAt(logits: Tensor, position: number): Float32Array {
  const columns = logits.shape.at(-1) ?? 0;
  return logits.data.subarray(position * columns, (position + 1) * columns);
}
