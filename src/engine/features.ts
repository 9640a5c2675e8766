import type { Buf, Kernels } from "./kernels/kernels";
import { createRng } from "./rng";
import type { FeatureMap } from "./spec";

/** Number of features that a map makes of d_head numbers. */
export function featureCount(map: FeatureMap, dHead: number): number {
  return map.kind === "elu" ? dHead : map.count;
}

/**
 * φ(x) of linear attention, never negative: elu(x) + 1, or e^(ω·x − ‖x‖²/2)/√count with x ← x/d_head^¼ and normal ω, whose
 * φ(q)·φ(k) is e^(q·k/√d_head) on average (equations 85, 86 of docs/maths.md). x [rows, d_head] → [rows, features]
 */
export function featuresOf(kernels: Kernels, map: FeatureMap, x: Buf, dHead: number): Buf {
  const rows = x.length / dHead;
  const count = featureCount(map, dHead);
  const out = kernels.alloc(rows * count);
  if (map.kind === "elu") {
    const { data } = x;
    for (let n = 0; n < data.length; n++) out.data[n] = data[n] > 0 ? data[n] + 1 : Math.exp(data[n]);
    return out;
  }
  const directions = randomDirections(map, dHead);
  const shrink = dHead ** -0.25;
  for (let r = 0; r < rows; r++) {
    const row = Float64Array.from(x.data.subarray(r * dHead, (r + 1) * dHead), (value) => value * shrink);
    const half = row.reduce((sum, value) => sum + value * value, 0) / 2;
    for (let f = 0; f < count; f++) {
      let along = 0;
      for (let d = 0; d < dHead; d++) along += directions[f * dHead + d] * row[d];
      out.data[r * count + f] = Math.exp(along - half) / Math.sqrt(count);
    }
  }
  return out;
}

/** Standard normal ω, one row per feature. [count, d_head] */
export function randomDirections(
  { count, seed }: Extract<FeatureMap, { kind: "positiveRandom" }>,
  dHead: number,
): Float64Array {
  const rng = createRng(seed);
  return Float64Array.from({ length: count * dHead }, () => rng.normal());
}
