import { expect, test } from "vitest";
import { hide } from "../../src/analysis/hide";
import { pattern } from "../../src/analysis/matrix";
import { betweenWords, wordsOf } from "../../src/analysis/words";
import type { Token } from "../../src/engine/trace";

function piece(text: string, start: number, word: number, special = false): Token {
  return { id: 0, text, start, end: special ? start : start + text.length, word, special };
}

const TOKENS = [
  piece("[CLS]", 0, -1, true),
  piece("un", 0, 0),
  piece("seen", 2, 0),
  piece("thing", 7, 1),
  piece("[SEP]", 12, -1, true),
];

test("pieces of one word join, special tokens stand alone", () => {
  expect(wordsOf(TOKENS)).toEqual([
    { text: "[CLS]", start: 0, end: 0, special: true, pieces: [0] },
    { text: "unseen", start: 0, end: 6, special: false, pieces: [1, 2] },
    { text: "thing", start: 7, end: 12, special: false, pieces: [3] },
    { text: "[SEP]", start: 12, end: 12, special: true, pieces: [4] },
  ]);
});

test("the bytes of one character, which all show that character, give it once", () => {
  const bytes = [piece("词", 0, 0), { ...piece("词", 0, 0) }, piece("元", 1, 0)];

  expect(wordsOf(bytes).map(({ text, pieces }) => ({ text, pieces }))).toEqual([
    { text: "词元", pieces: [0, 1, 2] },
  ]);
});

test("attention to a word is summed over its pieces, attention from it averaged, and rows still sum to one", () => {
  const rows = [
    [1, 0, 0, 0, 0],
    [0.5, 0.5, 0, 0, 0],
    [0, 0.2, 0.3, 0.5, 0],
    [0, 0.25, 0.25, 0.25, 0.25],
    [0.2, 0.2, 0.2, 0.2, 0.2],
  ];
  const words = wordsOf(TOKENS);

  const joined = betweenWords(
    pattern(5, 5, (i, j) => rows[i]?.[j] ?? 0),
    words,
    words,
  );

  expect([...joined.data].map((value) => Number(value.toFixed(6)))).toEqual([
    1, 0, 0, 0, 0.25, 0.5, 0.25, 0, 0, 0.5, 0.25, 0.25, 0.2, 0.4, 0.2, 0.2,
  ]);
});

test("hidden keys leave the rest as it was, or sharing the row anew; an emptied row stays zero", () => {
  const from = pattern(2, 3, (i, j) => (i === 0 ? [0.5, 0.25, 0.25][j] : [1, 0, 0][j]) ?? 0);
  const firstKey = (_: number, key: number) => key === 0;

  expect([...hide(from, firstKey, false).data]).toEqual([0, 0.25, 0.25, 0, 0, 0]);
  expect([...hide(from, firstKey, true).data]).toEqual([0, 0.5, 0.5, 0, 0, 0]);
});
