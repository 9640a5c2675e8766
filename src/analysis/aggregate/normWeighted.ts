import type { Tensor } from "../../engine/tensor";
import { dotOf, normOf, pattern, row, sizeOfMatrix } from "../matrix";

/**
 * ‖α·v‖: how much each key really writes, for one head. Without `output` in the space of values; with the head's columns
 * of W_O (`output[d]` is [d_head], one for each of d_model) in the residual stream: ‖α·v W_O‖. Equation 50 of
 * docs/maths.md (Kobayashi et al. 2020). Pattern [query_pos, key_pos], values [key_pos, d_head] → [query_pos, key_pos]
 */
export function normWeighted(
  weights: Tensor,
  values: Tensor,
  output: readonly Float32Array[] | null,
): Tensor {
  const { rows, columns } = sizeOfMatrix(weights);
  const norms = Array.from({ length: columns }, (_, key) => {
    const value = row(values, key);
    return normOf(output === null ? value : output.map((column) => dotOf(value, column)));
  });
  return pattern(rows, columns, (query, key) => (row(weights, query)[key] ?? 0) * (norms[key] ?? 0));
}
