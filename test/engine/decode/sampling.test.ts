import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distribution, logSoftmax, sample } from "../../../src/engine/decode/sampling";
import { createRng } from "../../../src/engine/rng";
import { nth, total } from "../support/sites";

const logitsOf = fc
  .array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: 1, maxLength: 20 })
  .map((values) => Float32Array.from(values));
const all = { temperature: 1, topK: null, topP: null };
/** Probabilities 0.5, 0.25, 0.125, 0.125. */
const halves = Float32Array.of(Math.log(4), Math.log(2), 0, 0);

describe("distribution", () => {
  it("is the softmax of the logits when nothing is truncated", () => {
    expect([...distribution(halves, all).probabilities]).toEqual([0.5, 0.25, 0.125, 0.125]);
    expect(distribution(halves, all).kept).toEqual([0, 1, 2, 3]);
  });

  it("divides the logits by the temperature", () => {
    const { probabilities } = distribution(halves, { ...all, temperature: 0.5 });
    const expected = [16, 4, 1, 1].map((weight) => weight / 22);
    expected.forEach((value, id) => {
      expect(nth(probabilities, id)).toBeCloseTo(value, 6);
    });
  });

  it("puts everything on the first of the best tokens at temperature 0", () => {
    const { probabilities, kept } = distribution(Float32Array.of(1, 3, 3), { ...all, temperature: 0 });
    expect([...probabilities]).toEqual([0, 1, 0]);
    expect(kept).toEqual([1]);
  });

  it("keeps the k best and the full distribution beside them", () => {
    const { probabilities, kept, keptProbabilities } = distribution(halves, { ...all, topK: 2 });
    expect(kept).toEqual([0, 1]);
    expect(keptProbabilities).toEqual([2 / 3, 1 / 3]);
    expect(nth(probabilities, 2)).toBe(0.125);
  });

  it("keeps the fewest tokens whose probabilities reach p, after top-k", () => {
    expect(distribution(halves, { ...all, topP: 0.5 }).kept).toEqual([0]);
    expect(distribution(halves, { ...all, topP: 0.51 }).kept).toEqual([0, 1]);
    expect(distribution(halves, { ...all, topP: 0 }).kept).toEqual([0]);
    expect(distribution(halves, { ...all, topK: 2, topP: 0.6 }).kept).toEqual([0]);
  });

  it("always keeps something, in descending order, whose probabilities sum to 1", () => {
    const options = fc.record({
      temperature: fc.double({ min: 0, max: 3, noNaN: true }),
      topK: fc.option(fc.integer({ min: 0, max: 25 })),
      topP: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    });
    fc.assert(
      fc.property(logitsOf, options, (logits, chosen) => {
        const { probabilities, kept, keptProbabilities } = distribution(logits, chosen);
        expect(total(probabilities)).toBeCloseTo(1, 4);
        expect(total(keptProbabilities)).toBeCloseTo(1, 5);
        const ranked = kept.map((id) => nth(probabilities, id));
        expect(ranked).toEqual([...ranked].sort((a, b) => b - a));
        expect(kept.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe("sample", () => {
  it("draws the same ids for the same seed and only kept ones", () => {
    const truncated = distribution(halves, { ...all, topK: 3 });
    const draws = (seed: number) => {
      const rng = createRng(seed);
      return Array.from({ length: 200 }, () => sample(truncated, rng));
    };
    expect(draws(7)).toEqual(draws(7));
    expect(draws(7)).not.toEqual(draws(8));
    expect(draws(7).every((id) => truncated.kept.includes(id))).toBe(true);
  });

  it("draws each id as often as its probability says", () => {
    const rng = createRng(1);
    const counts = [0, 0, 0, 0];
    const full = distribution(halves, all);
    for (let n = 0; n < 8000; n++) {
      const id = sample(full, rng);
      counts[id] = nth(counts, id) + 1;
    }
    counts.forEach((count, id) => {
      expect(Math.abs(count / 8000 - nth(full.probabilities, id))).toBeLessThan(0.02);
    });
  });
});

describe("logSoftmax", () => {
  it("exponentiates to a distribution, also for large logits", () => {
    expect(total(logSoftmax(Float32Array.of(1000, 1, -1000)).map(Math.exp))).toBeCloseTo(1, 12);
    fc.assert(
      fc.property(logitsOf, (logits) => {
        expect(total(logSoftmax(logits).map(Math.exp))).toBeCloseTo(1, 10);
      }),
    );
  });
});
