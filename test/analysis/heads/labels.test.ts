import { expect, test } from "vitest";
import { bestLabel, type HeadView, type Label, labelScores } from "../../../src/analysis/heads/labels";
import { pattern } from "../../../src/analysis/matrix";
import { tokensOf } from "../tinyModels";

function headOf(
  sentence: string,
  attends: (query: number, key: number) => number,
  more: Partial<HeadView> = {},
): HeadView {
  const tokens = tokensOf(sentence);
  return {
    pattern: pattern(tokens.length, tokens.length, attends),
    queries: tokens,
    keys: tokens,
    cross: false,
    coreference: null,
    ...more,
  };
}

const SENTENCE = "[S] the cat saw the cat . then it slept";

test.each<[Label, HeadView]>([
  ["previous", headOf(SENTENCE, (i, j) => Number(j === Math.max(0, i - 1)))],
  ["next", headOf(SENTENCE, (i, j) => Number(j === Math.min(9, i + 1)))],
  ["first", headOf(SENTENCE, (_, j) => Number(j === 0))],
  ["self", headOf(SENTENCE, (i, j) => Number(i === j))],
  ["separator", headOf(SENTENCE, (_, j) => Number(j === 6))],
  ["duplicate", headOf(SENTENCE, (i, j) => Number(j === ({ 4: 1, 5: 2, 1: 4, 2: 5 }[i] ?? 0)))],
  ["induction", headOf(SENTENCE, (i, j) => Number(j === ({ 4: 2, 5: 3 }[i] ?? 0)), {})],
  ["coreference", headOf(SENTENCE, () => 0.1, { coreference: 0.8 })],
  ["local", headOf(SENTENCE, (i, j) => (j <= i && j >= i - 3 ? 0.24 : 0.005))],
  ["broad", headOf(SENTENCE, () => 0.1)],
])("a head that does nothing but “%s” is called so", (label, head) => {
  const scores = labelScores(head);
  const without = label === "duplicate" || label === "induction" ? { ...scores, first: null } : scores;

  expect(bestLabel(without)?.label).toBe(label);
});

test("a score is the mean share of attention over the queries that have the occasion", () => {
  const head = headOf(
    "a b a",
    (i, j) =>
      [
        [1, 0, 0],
        [0.25, 0.75, 0],
        [0.5, 0.3, 0.2],
      ][i]?.[j] ?? 0,
  );
  const rounded = Object.entries(labelScores(head)).map(([label, score]) => [
    label,
    score && Number(score.toFixed(3)),
  ]);

  expect(Object.fromEntries(rounded)).toEqual({
    previous: 0.275,
    next: 0,
    first: 0.375,
    self: 0.475,
    separator: null,
    duplicate: 0.25,
    induction: 0.3,
    coreference: null,
    local: null,
    broad: 0.874,
  });
});

test("a text without repetition gives no occasion for duplicate and induction", () => {
  const { duplicate, induction } = labelScores(headOf("one two three", () => 1 / 3));

  expect({ duplicate, induction }).toEqual({ duplicate: null, induction: null });
});

test("a head that fits no name has none", () => {
  const head = headOf("a b c d e f g h", (i, j) =>
    j > i ? 0 : i < 3 ? 1 / (i + 1) : j === 1 ? 0.95 : 0.05 / i,
  );

  expect(bestLabel({ ...labelScores(head), previous: 0.39 })).toBeNull();
});

test("keys of another text are never previous, next, self, duplicate or near", () => {
  const { previous, next, self, duplicate, induction, local } = labelScores(
    headOf("a b a b", () => 0.25, { cross: true }),
  );

  expect([previous, next, self, duplicate, induction, local]).toEqual([null, null, null, null, null, null]);
});
