import { describe, expect, test } from "vitest";
import { eluPlusOne, linearPattern, performer, softmaxPattern } from "../../src/analysis/linearPattern";
import { row } from "../../src/analysis/matrix";
import { singularValues } from "../../src/analysis/svd";
import { createRng } from "../../src/engine/rng";
import type { Tensor } from "../../src/engine/tensor";

function vectors(count: number, width: number, seed: number, size = 1): Tensor {
  const rng = createRng(seed);
  const data = Float32Array.from({ length: count * width }, () => size * rng.normal());
  return { data, shape: [count, width], axes: ["pos", "d_head"] };
}

describe("the pattern of linear attention", () => {
  const q = vectors(12, 4, 1);
  const k = vectors(12, 4, 2);

  test("is φ(q)(φ(k)ᵀV) without the pattern ever being made", () => {
    const v = vectors(12, 3, 3);
    const A = linearPattern(q, k, eluPlusOne, true);
    for (const i of [0, 5, 11]) {
      const phi = eluPlusOne(row(q, i));
      const state = Array.from({ length: 4 }, () => [0, 0, 0]);
      const sum = [0, 0, 0, 0];
      for (let j = 0; j <= i; j++) {
        eluPlusOne(row(k, j)).forEach((feature, f) => {
          sum[f] = (sum[f] ?? 0) + feature;
          row(v, j).forEach((value, d) => {
            const line = state[f];
            if (line) line[d] = (line[d] ?? 0) + feature * value;
          });
        });
      }
      const below = phi.reduce((total, feature, f) => total + feature * (sum[f] ?? 0), 0);
      for (let d = 0; d < 3; d++) {
        const above = phi.reduce((total, feature, f) => total + feature * (state[f]?.[d] ?? 0), 0);
        const mixed = Array.from(row(A, i)).reduce(
          (total, share, j) => total + share * (row(v, j)[d] ?? 0),
          0,
        );
        expect(mixed).toBeCloseTo(above / below, 5);
      }
    }
  });

  test("both ways has at most as many directions as φ, causal as many as there are tokens", () => {
    expect(singularValues(linearPattern(q, k, eluPlusOne, false))[4]).toBeLessThan(1e-6);
    expect(singularValues(linearPattern(q, k, eluPlusOne, true))[11]).toBeGreaterThan(1e-3);
  });

  test("comes close to softmax's with many Performer features", () => {
    const [a, b] = [vectors(12, 4, 1, 0.5), vectors(12, 4, 2, 0.5)];
    const soft = softmaxPattern(a, b, 0.5, true);
    const gap = (features: number) => {
      const near = linearPattern(a, b, performer(4, features, 1), true);
      return soft.data.reduce((most, share, at) => Math.max(most, Math.abs(share - (near.data[at] ?? 0))), 0);
    };
    expect(gap(8192)).toBeLessThan(0.05);
  });
});
