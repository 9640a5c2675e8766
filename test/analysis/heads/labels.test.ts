import { expect, test } from "vitest";
import {
  bestLabel,
  type HeadText,
  type Label,
  type LabelScores,
  labelScorer,
} from "../../../src/analysis/heads/labels";
import { pattern } from "../../../src/analysis/matrix";
import { tokensOf } from "../tinyRuns";

type Attends = (query: number, key: number) => number;

/** Scores of a head that attends so, on a sentence whose words are its tokens. */
function scoresOf(
  sentence: string,
  attends: Attends,
  more: Partial<HeadText> & { coreference?: number } = {},
) {
  const tokens = tokensOf(sentence);
  const { coreference = null, ...text } = more;
  const scorer = labelScorer({
    queries: tokens,
    keys: tokens,
    cross: false,
    image: false,
    sees: () => true,
    ...text,
  });
  return scorer({ pattern: pattern(tokens.length, tokens.length, attends), coreference });
}

const causal: HeadText["sees"] = (query, key) => key <= query;

const SENTENCE = "[S] the cat saw the cat . then it slept";

test.each<[Label, LabelScores]>([
  ["previous", scoresOf(SENTENCE, (i, j) => Number(j === Math.max(0, i - 1)))],
  ["next", scoresOf(SENTENCE, (i, j) => Number(j === Math.min(9, i + 1)))],
  ["first", scoresOf(SENTENCE, (_, j) => Number(j === 0))],
  ["self", scoresOf(SENTENCE, (i, j) => Number(i === j))],
  ["separator", scoresOf(SENTENCE, (_, j) => Number(j === 6))],
  ["duplicate", scoresOf(SENTENCE, (i, j) => Number(j === ({ 4: 1, 5: 2, 1: 4, 2: 5 }[i] ?? 0)))],
  ["induction", scoresOf(SENTENCE, (i, j) => Number(j === ({ 4: 2, 5: 3 }[i] ?? 0)), {})],
  ["coreference", scoresOf(SENTENCE, () => 0.1, { coreference: 0.95 })],
  ["local", scoresOf(SENTENCE, (i, j) => (j <= i && j >= i - 3 ? 0.24 : 0.005))],
  ["broad", scoresOf(SENTENCE, () => 0.1)],
])("a head that does nothing but “%s” is called so", (label, scores) => {
  const without = label === "duplicate" || label === "induction" ? { ...scores, first: null } : scores;

  expect(bestLabel(without)?.label).toBe(label);
});

test("a score is the mean share of attention over the queries that have the occasion and see it", () => {
  const rows = [
    [1, 0, 0],
    [0.25, 0.75, 0],
    [0.5, 0.3, 0.2],
  ];
  const scores = scoresOf("a b a", (i, j) => rows[i]?.[j] ?? 0, { sees: causal });
  const rounded = Object.entries(scores).map(([label, score]) => [label, score && Number(score.toFixed(3))]);

  expect(Object.fromEntries(rounded)).toEqual({
    previous: 0.275,
    next: null,
    first: 0.375,
    self: 0.475,
    separator: null,
    duplicate: 0.5,
    induction: 0.3,
    coreference: null,
    local: null,
    broad: 0.874,
  });
});

test("a text without repetition gives no occasion for duplicate and induction", () => {
  const { duplicate, induction } = scoresOf("one two three", () => 1 / 3);

  expect({ duplicate, induction }).toEqual({ duplicate: null, induction: null });
});

test("a head that fits no name has none", () => {
  const attends: Attends = (i, j) => (j > i ? 0 : i < 3 ? 1 / (i + 1) : j === 1 ? 0.95 : 0.05 / i);
  const scores = scoresOf("a b c d e f g h", attends, { sees: causal });

  expect(bestLabel({ ...scores, previous: 0.39 })).toBeNull();
});

test("keys of another text are never previous, next, self, duplicate or near", () => {
  const { previous, next, self, duplicate, induction, local } = scoresOf("a b a b", () => 0.25, {
    cross: true,
  });

  expect([previous, next, self, duplicate, induction, local]).toEqual([null, null, null, null, null, null]);
});

test("patches of an image have no ids, so none is a repetition of another", () => {
  const { duplicate, induction } = scoresOf("a b a b", () => 0.25, { image: true });

  expect([duplicate, induction]).toEqual([null, null]);
});

test("with keys of another text every query can look at the first key, and at a separator in its own place", () => {
  const { first, separator } = scoresOf("a . b", (_, j) => [0.5, 0.25, 0.25][j] ?? 0, { cross: true });

  expect({ first, separator }).toEqual({ first: 0.5, separator: 0.25 });
});
