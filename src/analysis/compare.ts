import type { Tensor } from "../engine/tensor";
import type { Token } from "../engine/trace";
import { pattern, row } from "./matrix";

/** One place in two texts side by side; null where a text has nothing there. */
export interface AlignedPair {
  readonly a: number | null;
  readonly b: number | null;
}

/** Aligns two token sequences by their longest common subsequence of texts, in reading order. */
export function alignTokens(
  a: readonly Pick<Token, "text">[],
  b: readonly Pick<Token, "text">[],
): readonly AlignedPair[] {
  const common = commonLengths(a, b);
  const pairs: AlignedPair[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const skipA = common[i + 1]?.[j] ?? -1;
    const skipB = common[i]?.[j + 1] ?? -1;
    if (i < a.length && j < b.length && a[i]?.text === b[j]?.text) pairs.push({ a: i++, b: j++ });
    else if (i < a.length && (j === b.length || skipA >= skipB)) pairs.push({ a: i++, b: null });
    else pairs.push({ a: null, b: j++ });
  }
  return pairs;
}

/** Length of the longest common subsequence of a from i and b from j. [a + 1, b + 1] */
function commonLengths(
  a: readonly Pick<Token, "text">[],
  b: readonly Pick<Token, "text">[],
): readonly number[][] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const longest = Math.max(lengths[i + 1]?.[j] ?? 0, lengths[i]?.[j + 1] ?? 0);
      const line = lengths[i];
      if (line !== undefined)
        line[j] = a[i]?.text === b[j]?.text ? 1 + (lengths[i + 1]?.[j + 1] ?? 0) : longest;
    }
  }
  return lengths;
}

/**
 * b − a, cell by cell over aligned tokens; NaN where one of the two texts has no such query or key. Patterns
 * [query_pos, key_pos] → [aligned query, aligned key]
 */
export function patternDifference(
  a: Tensor,
  b: Tensor,
  queries: readonly AlignedPair[],
  keys: readonly AlignedPair[],
): Tensor {
  return pattern(queries.length, keys.length, (query, key) => {
    const before = cellOf(a, queries[query]?.a ?? null, keys[key]?.a ?? null);
    const after = cellOf(b, queries[query]?.b ?? null, keys[key]?.b ?? null);
    return after - before;
  });
}

function cellOf(from: Tensor, query: number | null, key: number | null): number {
  return query === null || key === null ? Number.NaN : (row(from, query)[key] ?? Number.NaN);
}
