import { entropyOf } from "../../../analysis/heads/entropy";
import type { Trace } from "../../../engine/trace";
import type { Selection } from "../../../store/selection";
import { matrixAt, rowOf, tensorAt } from "../../../viz/siteView";

/** The looked row of a pattern in a few numbers. */
export interface RowFacts {
  /** [key_pos] */
  readonly row: Float32Array;
  readonly sum: number;
  readonly entropy: number;
  readonly largest: number;
  /** The largest s(1 − s): how fast the row can still learn. */
  readonly slope: number;
}

/** The looked row, or null where the trace does not hold its pattern. */
export function rowFacts(trace: Trace, looked: Selection): RowFacts | null {
  const pattern = tensorAt(trace, looked, "attn.hook_pattern");
  if (pattern === null) return null;
  const heads = pattern.shape[0] ?? 1;
  const row = rowOf(matrixAt(pattern, trace, { ...looked, head: looked.head % heads }), looked.query);
  return {
    row,
    sum: row.reduce((total, share) => total + share, 0),
    entropy: entropyOf(row),
    largest: Math.max(...row),
    slope: Math.max(...row.map((share) => share * (1 - share))),
  };
}

/** Means over all rows of all patterns of a trace: of a number of a row, which knows its query. */
export function meanOverRows(trace: Trace, of: (row: Float32Array, query: number) => number): number {
  let sum = 0;
  let rows = 0;
  for (const [site, tensor] of Object.entries(trace.sites)) {
    if (!site.endsWith(".attn.hook_pattern") || tensor === undefined) continue;
    const [, queries = 1, keys = 1] = tensor.shape;
    for (let start = 0; start < tensor.data.length; start += keys) {
      sum += of(tensor.data.subarray(start, start + keys), (start / keys) % queries);
      rows++;
    }
  }
  return rows === 0 ? 0 : sum / rows;
}
