import { first, type Tensor } from "../../engine/tensor";
import { pattern, row, sizeOfMatrix } from "../matrix";

/**
 * Gradient × attention of one layer: the positive part of each head's pattern times its gradient (of a chosen output),
 * averaged over heads. Equation 53 of docs/maths.md (Chefer et al. 2021, §3.1).
 * Patterns and gradients [head, query_pos, key_pos] → [query_pos, key_pos]
 */
export function gradientAttention(patterns: Tensor, gradients: Tensor): Tensor {
  const [heads = 0] = patterns.shape;
  const parts = Array.from({ length: heads }, (_, head) =>
    headGradientAttention(first(patterns, head), first(gradients, head)),
  );
  const { rows, columns } = sizeOfMatrix(parts[0] ?? { shape: [0, 0] });
  return pattern(
    rows,
    columns,
    (query, key) => parts.reduce((sum, part) => sum + Math.max(0, row(part, query)[key] ?? 0), 0) / heads,
  );
}

/** One head's pattern times its gradient, with its sign. [query_pos, key_pos] */
export function headGradientAttention(weights: Tensor, gradient: Tensor): Tensor {
  const { rows, columns } = sizeOfMatrix(weights);
  return pattern(
    rows,
    columns,
    (query, key) => (row(weights, query)[key] ?? 0) * (row(gradient, query)[key] ?? 0),
  );
}
