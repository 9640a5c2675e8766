import { createRng } from "../../engine/rng";

/** q·k of pairs of vectors whose entries are independent standard normals: mean 0, variance `width`. → [pairs] */
export function unitProducts(width: number, pairs: number, seed: number): Float32Array {
  const rng = createRng(seed);
  return Float32Array.from({ length: pairs }, () => {
    let sum = 0;
    for (let d = 0; d < width; d++) sum += rng.normal() * rng.normal();
    return sum;
  });
}
