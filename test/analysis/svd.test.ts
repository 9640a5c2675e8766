import fc from "fast-check";
import { expect, test } from "vitest";
import { pattern } from "../../src/analysis/matrix";
import { effectiveRank, singularValues, sparsity } from "../../src/analysis/svd";

test("a diagonal matrix has its diagonal, sorted", () => {
  const diagonal = [2, 3, 1];

  expect([...singularValues(pattern(3, 3, (i, j) => (i === j ? (diagonal[i] ?? 0) : 0)))]).toEqual([3, 2, 1]);
});

test("equal rows have one direction: its length is √rows times theirs", () => {
  const [first, ...others] = singularValues(pattern(4, 4, () => 0.25));

  expect(first).toBeCloseTo(1, 9);
  expect(Math.max(...others)).toBeLessThan(1e-8);
});

test("3, 0 | 4, 5 has √45 and √5", () => {
  const values = [
    [3, 0],
    [4, 5],
  ];

  expect([...singularValues(pattern(2, 2, (i, j) => values[i]?.[j] ?? 0))]).toEqual([
    expect.closeTo(Math.sqrt(45), 9),
    expect.closeTo(Math.sqrt(5), 9),
  ]);
});

test("their squares sum to the squares of all cells, whatever the shape", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer(),
      (rows, columns, seed) => {
        const matrix = pattern(rows, columns, (i, j) => Math.sin(seed + 7 * i + 3 * j * j));
        const squares = (values: ArrayLike<number>) =>
          Array.from(values).reduce((sum, value) => sum + value ** 2, 0);
        const found = singularValues(matrix);

        expect(found).toHaveLength(Math.min(rows, columns));
        expect(squares(found)).toBeCloseTo(squares(matrix.data), 5);
      },
    ),
  );
});

test("equal singular values count as that many directions, a single one as one", () => {
  expect(effectiveRank([2, 2, 2])).toBeCloseTo(3, 9);
  expect(effectiveRank([5, 0, 0])).toBe(1);
  expect(effectiveRank([0, 0])).toBe(0);
});

test("sparsity is the share of cells below a value", () => {
  expect(
    sparsity(
      pattern(2, 2, (i, j) => i + j),
      1,
    ),
  ).toBe(0.25);
});
