import { deviation, mean } from "d3-array";

/** Euclidean length. */
export function norm(x: Float32Array): number {
  return Math.sqrt(dot(x, x));
}

/** Cosine of the angle between two vectors; 0 where one of them is zero. */
export function cosine(a: Float32Array, b: Float32Array): number {
  const lengths = norm(a) * norm(b);
  return lengths === 0 ? 0 : dot(a, b) / lengths;
}

/** Mean and (biased, as LayerNorm takes it) standard deviation of the entries. */
export function moments(x: Float32Array): { readonly mean: number; readonly deviation: number } {
  const unbiased = deviation(x) ?? 0;
  return { mean: mean(x) ?? 0, deviation: unbiased * Math.sqrt((x.length - 1) / x.length) };
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
