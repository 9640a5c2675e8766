import { expect, test } from "vitest";
import { around, visibleRows } from "../../src/viz/extent";
import { histogram } from "../../src/viz/histogram";
import { farthestFirst, largestFirst } from "../../src/viz/ranking";

test("indices are ranked by value or by magnitude, NaN last", () => {
  expect(largestFirst([1, -5, Number.NaN, 3, 3])).toEqual([3, 4, 0, 1, 2]);
  expect(farthestFirst([1, -5, Number.NaN, 3, Number.NEGATIVE_INFINITY])).toEqual([4, 1, 3, 0, 2]);
});

test("a scrolled list draws what shows and a margin, within its ends", () => {
  expect(visibleRows(100, 20, 200, 100, 2)).toEqual({ from: 8, to: 17 });
  expect(visibleRows(3, 20, 0, 100, 2)).toEqual({ from: 0, to: 3 });
});

test("the neighbours of a place keep their number at the ends", () => {
  expect([around(100, 0, 9), around(100, 50, 9), around(100, 99, 9), around(4, 2, 9)]).toEqual([
    { from: 0, to: 9 },
    { from: 46, to: 55 },
    { from: 91, to: 100 },
    { from: 0, to: 4 },
  ]);
});

test("a histogram counts every finite value once", () => {
  const bars = histogram(Float32Array.of(0.1, 0.2, 0.9, Number.NEGATIVE_INFINITY, 1.5), 4);
  expect(bars.map((bar) => bar.count)).toEqual([2, 1, 0, 1]);
  expect(bars[0]).toEqual({ from: 0, to: 0.5, count: 2 });
});
