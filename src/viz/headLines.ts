import type { Matrix } from "./heatmap";

/** One line of a drawing of several heads. */
export interface HeadLine {
  /** Which of the drawn heads. */
  readonly head: number;
  readonly query: number;
  readonly key: number;
  /** Attention that the query gives to the key in that head, 0…1. */
  readonly weight: number;
}

export interface LineRule {
  /** Weaker lines are left out. */
  readonly threshold: number;
  /** Lines that each query may have in each head: its strongest. */
  readonly top: number;
}

/** The lines of several patterns [query_pos, key_pos] of one size; strongest last, so that it is drawn on top. */
export function headLines(patterns: readonly Matrix[], { threshold, top }: LineRule): readonly HeadLine[] {
  const lines: HeadLine[] = [];
  patterns.forEach(({ data, rows, columns }, head) => {
    for (let query = 0; query < rows; query++) {
      const own: HeadLine[] = [];
      for (let key = 0; key < columns; key++) {
        const weight = data[query * columns + key] ?? 0;
        if (weight >= threshold) own.push({ head, query, key, weight });
      }
      if (own.length > top) own.sort(strongestLast).splice(0, own.length - top);
      for (const line of own) lines.push(line);
    }
  });
  return lines.sort(strongestLast);
}

function strongestLast(a: HeadLine, b: HeadLine): number {
  return a.weight - b.weight;
}

/**
 * Attention between some tokens of one side and each of the other, mean over the patterns: of queries, the share of their
 * attention that each key gets from them together; of keys, the share of its attention that each query gives them together.
 */
export function gathered(
  patterns: readonly Matrix[],
  side: "query" | "key",
  tokens: readonly number[],
): Float32Array {
  const [first] = patterns;
  const length = side === "query" ? (first?.columns ?? 0) : (first?.rows ?? 0);
  return Float32Array.from({ length }, (_, other) => {
    let sum = 0;
    for (const { data, columns } of patterns) {
      for (const token of tokens) {
        sum += data[side === "query" ? token * columns + other : other * columns + token] ?? 0;
      }
    }
    return patterns.length === 0 ? 0 : sum / patterns.length / (side === "query" ? tokens.length : 1);
  });
}
