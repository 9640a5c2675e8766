import { expect, test } from "vitest";
import { softmax, softmaxJacobian } from "../../src/analysis/softmaxJacobian";
import { surprisals, textProbability } from "../../src/analysis/surprisal";
import type { Tensor } from "../../src/engine/tensor";

const LOGITS: Tensor = {
  data: Float32Array.of(0, 0, 0, 0, Math.log(2), Math.log(5), 0, 0, 0),
  shape: [3, 3],
  axes: ["pos", "d_vocab"],
};

test("a token costs what the position before it gave it, and the first has no price", () => {
  const [first, second, third] = surprisals(LOGITS, [2, 0, 1]);

  expect(first).toBeNull();
  expect(second).toEqual({
    bits: expect.closeTo(Math.log2(3), 6),
    probability: expect.closeTo(1 / 3, 6),
    rank: 1,
  });
  expect(third).toEqual({ bits: expect.closeTo(2, 6), probability: expect.closeTo(0.25, 6), rank: 2 });
});

test("a text's probability is the product of its tokens'", () => {
  const { bits, probability, perplexity } = textProbability(surprisals(LOGITS, [2, 0, 1]));

  expect(bits).toBeCloseTo(Math.log2(12), 6);
  expect(probability).toBeCloseTo(1 / 12, 7);
  expect(perplexity).toBeCloseTo(Math.sqrt(12), 6);
});

test("a text of one token has nothing to be surprised by", () => {
  expect(textProbability([null])).toEqual({ bits: 0, probability: 1, perplexity: 1 });
});

test("the softmax of 1000, 1 and −1000 has all but no gradient", () => {
  const row = softmax([1000, 1, -1000]);

  expect([...row]).toEqual([1, 0, 0]);
  expect([...softmaxJacobian(row).data].map(Math.abs)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
});

test("the Jacobian agrees with small steps, is symmetric, and its rows sum to zero", () => {
  const scores = [0.3, -1.2, 0.8];
  const jacobian = softmaxJacobian(softmax(scores, 2), 2);
  const step = 1e-5;
  const at = (i: number, j: number) => jacobian.data[i * 3 + j] ?? Number.NaN;
  for (let j = 0; j < 3; j++) {
    const moved = (by: number) =>
      softmax(
        scores.map((score, key) => score + Number(key === j) * by),
        2,
      );
    for (let i = 0; i < 3; i++) {
      const slope = ((moved(step)[i] ?? 0) - (moved(-step)[i] ?? 0)) / (2 * step);
      expect(at(i, j)).toBeCloseTo(slope, 6);
      expect(at(i, j)).toBe(at(j, i));
    }
    expect(at(j, 0) + at(j, 1) + at(j, 2)).toBeCloseTo(0, 7);
  }
});

test("a row that sees no key has no attention and no gradient", () => {
  const row = softmax([-Infinity, -Infinity]);

  expect([...row]).toEqual([0, 0]);
});
