import fc from "fast-check";
import { expect, test } from "vitest";
import { pattern } from "../../src/analysis/matrix";
import { maximumTree, segment } from "../../src/analysis/trees";

/** Every way to give each word a head so that all hang on one root. */
function allTrees(words: number): number[][] {
  const choices = Array.from({ length: words }).reduce<number[][]>(
    (heads) =>
      heads.flatMap((chosen) => Array.from({ length: words + 1 }, (_, head) => [...chosen, head - 1])),
    [[]],
  );
  return choices.filter(
    (heads) =>
      heads.filter((head) => head === -1).length === 1 && heads.every((_, word) => reachesRoot(heads, word)),
  );
}

function reachesRoot(heads: readonly number[], word: number): boolean {
  let at = word;
  for (let step = 0; step <= heads.length; step++) {
    if (at === -1) return true;
    at = heads[at] ?? -1;
  }
  return false;
}

const total = (heads: readonly number[], weights: readonly (readonly number[])[]) =>
  heads.reduce((sum, head, word) => (head === -1 ? sum : sum + (weights[word]?.[head] ?? 0)), 0);

test("a cycle of best heads is broken where it costs least", () => {
  const weights = [
    [0, 9, 1],
    [8, 0, 1],
    [1, 7, 0],
  ];

  expect(maximumTree(pattern(3, 3, (i, j) => weights[i]?.[j] ?? 0))).toEqual([1, -1, 1]);
});

test("no tree over up to four words weighs more", () => {
  const row = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.array(row, { minLength: 4, maxLength: 4 }),
      (words, weights) => {
        const heads = maximumTree(pattern(words, words, (i, j) => weights[i]?.[j] ?? 0));
        const best = Math.max(...allTrees(words).map((tree) => total(tree, weights)));

        expect(heads.filter((head) => head === -1)).toHaveLength(1);
        expect(heads.every((_, word) => reachesRoot(heads, word))).toBe(true);
        expect(total(heads, weights)).toBe(best);
      },
    ),
  );
});

test("neighbours with little impact on each other are parted", () => {
  const impacts = [
    [0, 4, 1],
    [3, 0, 1],
    [1, 2, 0],
  ];

  expect(
    segment(
      pattern(3, 3, (i, j) => impacts[i]?.[j] ?? 0),
      2,
    ),
  ).toEqual([0, 2]);
});
