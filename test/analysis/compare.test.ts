import fc from "fast-check";
import { expect, test } from "vitest";
import { alignTokens, patternDifference } from "../../src/analysis/compare";
import { pattern } from "../../src/analysis/matrix";

const words = (sentence: string) => sentence.split(" ").map((text) => ({ text }));

test("two sentences that differ in one word align around it", () => {
  expect(alignTokens(words("it was too tired"), words("it was far too wide"))).toEqual([
    { a: 0, b: 0 },
    { a: 1, b: 1 },
    { a: null, b: 2 },
    { a: 2, b: 3 },
    { a: 3, b: null },
    { a: null, b: 4 },
  ]);
});

test("every token appears once, in order, and a text aligns with itself one to one", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", "c"), { maxLength: 8 })
    .map((list) => list.map((each) => ({ text: each })));
  fc.assert(
    fc.property(text, text, (a, b) => {
      const pairs = alignTokens(a, b);

      expect(pairs.flatMap((pair) => pair.a ?? [])).toEqual(a.map((_, at) => at));
      expect(pairs.flatMap((pair) => pair.b ?? [])).toEqual(b.map((_, at) => at));
      expect(alignTokens(a, a)).toEqual(a.map((_, at) => ({ a: at, b: at })));
    }),
  );
});

test("the difference is b − a where both have the tokens, and unknown elsewhere", () => {
  const a = pattern(
    2,
    2,
    (i, j) =>
      [
        [1, 0],
        [0.5, 0.5],
      ][i]?.[j] ?? 0,
  );
  const b = pattern(
    3,
    3,
    (i, j) =>
      [
        [1, 0, 0],
        [0, 1, 0],
        [0.25, 0.25, 0.5],
      ][i]?.[j] ?? 0,
  );
  const pairs = alignTokens(words("x y"), words("x z y"));

  expect([...patternDifference(a, b, pairs, pairs).data]).toEqual([
    0,
    Number.NaN,
    0,
    Number.NaN,
    Number.NaN,
    Number.NaN,
    -0.25,
    Number.NaN,
    0,
  ]);
});
