import fc from "fast-check";
import { expect, test } from "vitest";
import {
  effectiveKeys,
  entropyOf,
  meanEffectiveKeys,
  rowEntropies,
} from "../../../src/analysis/heads/entropy";
import { pattern } from "../../../src/analysis/matrix";

test("a row that looks at one key has 0 bits and uses one key; four alike have 2 bits and use four", () => {
  const rows = pattern(2, 4, (query, key) => (query === 0 ? Number(key === 2) : 0.25));

  expect(rowEntropies(rows)).toEqual(Float32Array.of(0, 2));
  expect(meanEffectiveKeys(rows)).toBe(2.5);
});

test("a row of zeros has no entropy", () => {
  expect(entropyOf([0, 0, 0])).toBe(0);
});

test("no row uses fewer than one key, nor more than it has", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.001, max: 1 }), { minLength: 1, maxLength: 20 }), (weights) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const used = effectiveKeys(weights.map((weight) => weight / total));

      expect(used).toBeGreaterThan(1 - 1e-9);
      expect(used).toBeLessThan(weights.length + 1e-9);
    }),
  );
});
