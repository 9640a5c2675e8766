import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPlainKernels } from "../../src/engine/kernels/plain";
import { bucketOf, learnedRows, rotate, sinusoid } from "../../src/engine/positions";
import { nth, total } from "./support/sites";

describe("learnedRows", () => {
  it("counts from the offset", () => {
    const spec = { kind: "learned", offset: 2, length: 9, skipId: null } as const;
    expect(learnedRows(spec, [5, 1, 5])).toEqual([2, 3, 4]);
  });

  it("counts only ids that are not padding, which keeps the row before the offset", () => {
    const spec = { kind: "learned", offset: 2, length: 9, skipId: 1 } as const;
    expect(learnedRows(spec, [5, 1, 7, 1])).toEqual([2, 1, 3, 1]);
  });
});

describe("sinusoid", () => {
  it("is sin and cos of position/base^(2i/width), interleaved or in halves", () => {
    const values = [Math.sin(3), Math.cos(3), Math.sin(0.03), Math.cos(0.03)].map(Math.fround);
    const [s0, c0, s1, c1] = values;
    expect([...sinusoid({ kind: "sinusoidal", layout: "interleaved", base: 1e4 }, 3, 4)]).toEqual([
      s0,
      c0,
      s1,
      c1,
    ]);
    expect([...sinusoid({ kind: "sinusoidal", layout: "halves", base: 1e4 }, 3, 4)]).toEqual([
      s0,
      s1,
      c0,
      c1,
    ]);
  });
});

describe("bucketOf", () => {
  it("is exact near, logarithmic far, and splits the buckets by direction when bidirectional", () => {
    const causal = { buckets: 32, maxDistance: 128, bidirectional: false };
    expect([0, 1, 15, 16, 17, 127, 128, 4000].map((back) => bucketOf(causal, back, 0))).toEqual([
      0, 1, 15, 16, 16, 31, 31, 31,
    ]);
    expect(bucketOf(causal, 0, 5)).toBe(0);
    const both = { ...causal, bidirectional: true };
    expect([0, 7, 8, 16, 32, 64, 128].map((back) => bucketOf(both, back, 0))).toEqual([
      0, 7, 8, 10, 12, 14, 15,
    ]);
    expect([1, 7, 8, 128].map((ahead) => bucketOf(both, 0, ahead))).toEqual([17, 23, 24, 31]);
  });

  it("never decreases with the distance", () => {
    const spec = { buckets: 32, maxDistance: 128, bidirectional: false };
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), (a, b) => {
        const [near, far] = [Math.min(a, b), Math.max(a, b)];
        expect(bucketOf(spec, near, 0)).toBeLessThanOrEqual(bucketOf(spec, far, 0));
      }),
    );
  });
});

describe("rotate", () => {
  const kernels = createPlainKernels();
  const turn = (layout: "halves" | "interleaved", values: readonly number[], from: number) => {
    const spec = { kind: "rotary", dims: 4, layout, inverseFrequencies: [1, 0.1], factor: 1 } as const;
    const x = kernels.keep(Float32Array.from(values));
    return rotate(kernels, spec, x, values.length / 6, from, 6).data;
  };

  it("turns pairs by position times frequency and leaves the other dimensions", () => {
    const [c, s, c1, s1] = [Math.cos(2), Math.sin(2), Math.cos(0.2), Math.sin(0.2)];
    const close = (actual: Float32Array, expected: readonly number[]) =>
      expected.forEach((value, n) => {
        expect(nth(actual, n)).toBeCloseTo(value, 6);
      });
    close(turn("halves", [1, 2, 3, 4, 5, 6], 2), [
      c - 3 * s,
      2 * c1 - 4 * s1,
      3 * c + s,
      4 * c1 + 2 * s1,
      5,
      6,
    ]);
    close(turn("interleaved", [1, 2, 3, 4, 5, 6], 2), [
      c - 2 * s,
      2 * c + s,
      3 * c1 - 4 * s1,
      4 * c1 + 3 * s1,
      5,
      6,
    ]);
  });

  it("makes q·k depend on the distance alone", () => {
    const vector = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(vector, vector, fc.nat(20), fc.nat(20), fc.nat(50), (q, k, i, j, shift) => {
        const product = (by: number) => {
          const [a, b] = [turn("halves", q, i + by), turn("halves", k, j + by)];
          return total(a.map((value, d) => value * nth(b, d)));
        };
        expect(product(shift)).toBeCloseTo(product(0), 3);
      }),
    );
  });
});
