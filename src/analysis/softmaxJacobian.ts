import type { Tensor } from "../engine/tensor";
import { pattern } from "./matrix";

/** Softmax of a row of scores divided by a temperature; a row that is all −∞ gives zeros. */
export function softmax(scores: ArrayLike<number>, temperature = 1): Float64Array {
  const cooled = Float64Array.from(scores, (score) => score / temperature);
  const most = cooled.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const exponentials = cooled.map((score) => (score === -Infinity ? 0 : Math.exp(score - most)));
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  return total === 0 ? exponentials : exponentials.map((value) => value / total);
}

/**
 * ∂a_i/∂s_j of a softmax row a = softmax(s/T): a_i(δ_ij − a_j)/T. Symmetric, rows sum to zero, and all but zero where one
 * key has all the attention. Equation 55 of docs/maths.md. [key_pos] → [key_pos, key_pos]
 */
export function softmaxJacobian(probabilities: ArrayLike<number>, temperature = 1): Tensor {
  const count = probabilities.length;
  const jacobian = pattern(count, count, (i, j) => {
    const own = probabilities[i] ?? 0;
    return (own * (Number(i === j) - (probabilities[j] ?? 0))) / temperature;
  });
  return { ...jacobian, axes: ["key_pos", "key_pos"] };
}
