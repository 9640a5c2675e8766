import { bin } from "d3-array";

export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** How many of the finite values fall into each of about `bars` equal ranges, at round limits. */
export function histogram(values: Float32Array, bars: number): readonly Bar[] {
  const finite = Array.from(values).filter(Number.isFinite);
  return bin()
    .thresholds(bars)(finite)
    .map((group) => ({ from: group.x0 ?? 0, to: group.x1 ?? 0, count: group.length }));
}
