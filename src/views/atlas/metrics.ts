import { count, magnitude } from "../../viz/format";
import type { Cost } from "./shape";

export const METRICS = ["parameters", "flops", "memory"] as const;
export type Metric = (typeof METRICS)[number];

/** A value as it is written: 175 G, 1.2 GB. */
export function metricText(metric: Metric, value: number): string {
  return metric === "memory" ? `${magnitude(value)}B` : magnitude(value);
}

/** Powers of ten that the bars of these values lie between. */
export function decades(values: readonly number[]): { readonly from: number; readonly to: number } {
  const logs = values.filter((value) => value > 0).map(Math.log10);
  if (logs.length === 0) return { from: 0, to: 1 };
  const from = Math.floor(Math.min(...logs));
  return { from, to: Math.max(from + 1, Math.ceil(Math.max(...logs))) };
}

/** Where a value stands between two powers of ten, 0…1; the least bar can still be seen. */
export function share(value: number, { from, to }: { readonly from: number; readonly to: number }): number {
  return Math.max(0.005, (Math.log10(Math.max(value, 1)) - from) / (to - from));
}

/** The cost as the details name it. */
export function lengthText({ length }: Cost): string {
  return count(length);
}
