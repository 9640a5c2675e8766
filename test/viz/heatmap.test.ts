import fc from "fast-check";
import { expect, test } from "vitest";
import { largestOf, type Matrix, paint, transposed } from "../../src/viz/heatmap";
import { channels, rampOf, stepOf } from "../../src/viz/ramp";

const ramp = rampOf("sequential", "light");

function painted(matrix: Matrix, width: number, height: number): number[][] {
  const target = { data: new Uint8ClampedArray(width * height * 4), width, height };
  paint(target, { x: 0, y: 0, width, height }, matrix, ramp, 1);
  return Array.from({ length: width * height }, (_, pixel) => [
    ...target.data.subarray(pixel * 4, pixel * 4 + 3),
  ]);
}

test("each cell fills its share of the pixels", () => {
  const matrix = { data: Float32Array.of(0, 1, 0.5, 0.25), rows: 2, columns: 2 };
  const [a, b, c, d] = [0, 1, 0.5, 0.25].map((value) => [...channels(ramp, stepOf(ramp, value, 1))]);
  expect(painted(matrix, 4, 4)).toEqual([a, a, b, b, a, a, b, b, c, c, d, d, c, c, d, d]);
});

test("a sharp entry survives being drawn at any smaller size", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      fc.nat(),
      (size, width, height, seed) => {
        const data = new Float32Array(size * size);
        data[seed % data.length] = 1;
        const pixels = painted(
          { data, rows: size, columns: size },
          Math.min(width, size),
          Math.min(height, size),
        );
        expect(pixels).toContainEqual([...channels(ramp, 254)]);
      },
    ),
  );
});

test("a box leaves the pixels around it alone", () => {
  const target = { data: new Uint8ClampedArray(3 * 3 * 4), width: 3, height: 3 };
  paint(
    target,
    { x: 1, y: 1, width: 1, height: 1 },
    { data: Float32Array.of(1), rows: 1, columns: 1 },
    ramp,
    1,
  );
  const alpha = Array.from({ length: 9 }, (_, pixel) => target.data[pixel * 4 + 3]);
  expect(alpha).toEqual([0, 0, 0, 0, 255, 0, 0, 0, 0]);
});

test("a masked cell has the colour of the mask", () => {
  const matrix = { data: Float32Array.of(Number.NEGATIVE_INFINITY), rows: 1, columns: 1 };
  expect(painted(matrix, 1, 1)).toEqual([[...channels(ramp, 255)]]);
});

test("transposing twice gives the matrix back", () => {
  const matrix = { data: Float32Array.of(1, 2, 3, 4, 5, 6), rows: 2, columns: 3 };
  expect(transposed(matrix)).toEqual({ data: Float32Array.of(1, 4, 2, 5, 3, 6), rows: 3, columns: 2 });
  expect(transposed(transposed(matrix))).toEqual(matrix);
});

test("the largest magnitude passes over infinities", () => {
  expect(largestOf(Float32Array.of(1, -3, Number.NEGATIVE_INFINITY, 2))).toBe(3);
});
