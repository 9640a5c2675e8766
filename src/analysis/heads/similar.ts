import { first, type Tensor } from "../../engine/tensor";
import { cosineOf, row, sizeOfMatrix } from "../matrix";
import { entropyOf } from "./entropy";

/** One head of a trace. */
export interface HeadName {
  /** Site of its pattern: `blocks.0.attn.hook_pattern`. */
  readonly site: string;
  readonly head: number;
}

/** Jensen–Shannon divergence of two rows in bits, 0 (alike) … 1 (no key in common). Equation 49 of docs/maths.md. */
export function jensenShannon(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const middle = Array.from(a, (value, at) => (value + (b[at] ?? 0)) / 2);
  return Math.max(0, entropyOf(middle) - (entropyOf(a) + entropyOf(b)) / 2);
}

/** Mean over queries of the Jensen–Shannon divergence of two patterns of one shape. */
export function patternDivergence(a: Tensor, b: Tensor): number {
  const { rows } = sizeOfMatrix(a);
  let sum = 0;
  for (let query = 0; query < rows; query++) sum += jensenShannon(row(a, query), row(b, query));
  return rows === 0 ? 0 : sum / rows;
}

/** Cosine of two patterns of one shape, 0 … 1. Equation 48. */
export function patternCosine(a: Tensor, b: Tensor): number {
  return cosineOf(a.data, b.data);
}

/**
 * The other heads whose patterns are most like one head's, the nearest first. `patterns` are sites
 * [head, query_pos, key_pos] by name; those of another shape are passed over.
 */
export function similarHeads(
  patterns: ReadonlyMap<string, Tensor>,
  of: HeadName,
  count: number,
): readonly (HeadName & { readonly divergence: number; readonly cosine: number })[] {
  const own = patterns.get(of.site);
  if (own === undefined) return [];
  const reference = first(own, of.head);
  const others = [...patterns].flatMap(([site, tensor]) =>
    Array.from({ length: tensor.shape[0] ?? 0 }, (_, head) => ({ site, head, pattern: first(tensor, head) })),
  );
  return others
    .filter(({ site, head }) => site !== of.site || head !== of.head)
    .filter(({ pattern }) => String(pattern.shape) === String(reference.shape))
    .map(({ site, head, pattern }) => ({
      site,
      head,
      divergence: patternDivergence(reference, pattern),
      cosine: patternCosine(reference, pattern),
    }))
    .toSorted((a, b) => a.divergence - b.divergence)
    .slice(0, count);
}
