import type { Tensor } from "../engine/tensor";
import { pattern, row, sizeOfMatrix } from "./matrix";

/**
 * A pattern without some of its cells; with `renormalise` what is left of each row sums to one again (a row of which
 * nothing is left stays zero). [query_pos, key_pos] → same
 */
export function hide(
  from: Tensor,
  isHidden: (query: number, key: number) => boolean,
  renormalise: boolean,
): Tensor {
  const { rows, columns } = sizeOfMatrix(from);
  const kept = Array.from({ length: rows }, (_, query) =>
    row(from, query).map((value, key) => (isHidden(query, key) ? 0 : value)),
  );
  const totals = kept.map((values) => (renormalise ? values.reduce((sum, value) => sum + value, 0) : 1));
  return pattern(rows, columns, (query, key) => {
    const total = totals[query] ?? 0;
    return total === 0 ? 0 : (kept[query]?.[key] ?? 0) / total;
  });
}
