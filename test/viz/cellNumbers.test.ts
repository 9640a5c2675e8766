import { expect, test } from "vitest";
import { cellNumbers, numberSize } from "../../src/viz/cellNumbers";
import { inkOn, rampOf } from "../../src/viz/ramp";

/** What is written into a matrix of two rows: text, ink, and the cell that it lies in. */
function written(kind: "sequential" | "diverging", numbers: readonly number[], cell = 30) {
  const matrix = { data: Float32Array.from(numbers), rows: 2, columns: numbers.length / 2 };
  const ramp = rampOf(kind, "light");
  const { size, texts } = cellNumbers(cell, { matrix, ramp, limit: 1, faint: "grey" });
  const placed = texts.map(({ text, x, y, colour }) => ({
    text,
    ink: colour,
    at: `${Math.floor(y / cell)} ${Math.floor(x / cell)}`,
  }));
  return { texts: placed, ramp, size };
}

test("each number lies in its cell, in the ink that is read on its colour", () => {
  const { texts, ramp } = written("diverging", [0.5, -0.25, -1, 0.75]);
  expect(texts).toEqual([
    { text: ".50", ink: inkOn(ramp, 0.5, 1), at: "0 0" },
    { text: "−.25", ink: inkOn(ramp, -0.25, 1), at: "0 1" },
    { text: "−1", ink: inkOn(ramp, -1, 1), at: "1 0" },
    { text: ".75", ink: inkOn(ramp, 0.75, 1), at: "1 1" },
  ]);
});

test("a masked score is written faintly, the smallest shares of a pattern and what is no number not at all", () => {
  expect(written("diverging", [-Infinity, Number.NaN]).texts).toEqual([
    { text: "−∞", ink: "grey", at: "0 0" },
  ]);
  expect(written("sequential", [0.04, 0.05]).texts.map(({ text }) => text)).toEqual([".05"]);
});

test("numbers grow with their cells, fit into them, and are left out where they could not be read", () => {
  for (const kind of ["sequential", "diverging"] as const) {
    expect(numberSize(10, kind)).toBe(0);
    const sizes = [20, 24, 28, 32, 40].map((cell) => numberSize(cell, kind));
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    expect(sizes.at(-1)).toBeGreaterThan(12);
  }
  // Nearly room for 8 pixels is room enough: "−.02" takes 2.21 ems of Inter, and the gaps between numbers stay.
  expect([19, 20.5, 21].map((cell) => numberSize(cell, "diverging"))).toEqual([0, 8, 8]);
  expect(numberSize(10, "sequential", 2)).toBeGreaterThan(0);
  expect(written("sequential", [0.5, 0.5], 12)).toMatchObject({ texts: [], size: 0 });
});
