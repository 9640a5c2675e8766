import { deviation, mean } from "d3-array";

/** Mean and standard deviation of the entries, biased as LayerNorm takes it. */
export function moments(values: Float32Array): { readonly mean: number; readonly deviation: number } {
  const unbiased = deviation(values) ?? 0;
  return { mean: mean(values) ?? 0, deviation: unbiased * Math.sqrt((values.length - 1) / values.length) };
}
