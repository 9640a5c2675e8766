import fc from "fast-check";
import { expect, test } from "vitest";
import { klDivergence, log2Softmax, topChanges, topOutcomes } from "../../src/analysis/distribution";

const LOGITS = fc.float32Array({ min: -30, max: 30, noNaN: true, minLength: 2, maxLength: 12 });

test("logits of ln 1, ln 2 and ln 5 are probabilities of an eighth, a quarter and five eighths", () => {
  const logits = Float32Array.of(0, Math.log(2), Math.log(5));

  expect(topOutcomes(logits, 2).map(({ id, probability }) => [id, Number(probability.toFixed(6))])).toEqual([
    [2, 0.625],
    [1, 0.25],
  ]);
});

test("probabilities sum to one, also for logits whose exponentials overflow", () => {
  fc.assert(
    fc.property(LOGITS, fc.constantFrom(0, 1000, -1000), (logits, shift) => {
      const total = log2Softmax(logits.map((logit) => logit + shift)).reduce(
        (sum, bits) => sum + 2 ** bits,
        0,
      );

      expect(total).toBeCloseTo(1, 6);
    }),
  );
});

test("a distribution is 0 bits from itself and never less than 0 from another", () => {
  fc.assert(
    fc.property(LOGITS, (logits) => {
      expect(klDivergence(logits, logits)).toBe(0);
      expect(klDivergence(logits, logits.toReversed())).toBeGreaterThanOrEqual(-1e-9);
    }),
  );
  expect(klDivergence(Float32Array.of(0, 0), Float32Array.of(Math.log(3), 0))).toBeCloseTo(
    0.5 * Math.log2(0.5 / 0.75) + 0.5 * Math.log2(0.5 / 0.25),
    6,
  );
});

test("the outcome that changed most comes first, whichever way", () => {
  const [first] = topChanges(Float32Array.of(0, 0, Math.log(2)), Float32Array.of(Math.log(2), 0, 0), 1);

  expect(first).toEqual({ id: 0, before: expect.closeTo(0.25, 6), after: expect.closeTo(0.5, 6) });
});
