import { type Ramp, stepOf } from "./ramp";

/** A matrix as it lies in memory, row-major: [rows, columns]. */
export interface Matrix {
  readonly data: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** Bytes to draw into: RGBA, row-major, as ImageData has them. */
export interface Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** A rectangle in whole pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Paints a matrix into a box. With fewer cells than pixels each cell fills its share; with more, a pixel takes the
 * cell of largest magnitude that it covers (pooled, never subsampled: one sharp entry survives at any size).
 */
export function paint(target: Pixels, box: Box, matrix: Matrix, ramp: Ramp, limit: number): void {
  const { table } = ramp;
  const columnEdges = edges(matrix.columns, box.width);
  const rowEdges = edges(matrix.rows, box.height);
  for (let y = 0; y < box.height; y++) {
    const top = rowEdges[2 * y] ?? 0;
    const bottom = rowEdges[2 * y + 1] ?? 0;
    for (let x = 0; x < box.width; x++) {
      const left = columnEdges[2 * x] ?? 0;
      const right = columnEdges[2 * x + 1] ?? 0;
      const from = stepOf(ramp, pool(matrix, top, bottom, left, right), limit) * 4;
      const to = ((box.y + y) * target.width + box.x + x) * 4;
      for (let channel = 0; channel < 4; channel++) target.data[to + channel] = table[from + channel] ?? 0;
    }
  }
}

/** For each of `pixels` the half-open range of cells that it covers, flat: [from, to, from, to, …]. */
function edges(cells: number, pixels: number): Int32Array {
  const ranges = new Int32Array(pixels * 2);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const from = Math.floor((pixel * cells) / pixels);
    ranges[2 * pixel] = from;
    ranges[2 * pixel + 1] = Math.max(from + 1, Math.floor(((pixel + 1) * cells) / pixels));
  }
  return ranges;
}

function pool(matrix: Matrix, top: number, bottom: number, left: number, right: number): number {
  const { data, columns } = matrix;
  let largest = data[top * columns + left] ?? Number.NaN;
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const value = data[row * columns + column] ?? Number.NaN;
      if (!Number.isFinite(largest) || (Number.isFinite(value) && Math.abs(value) > Math.abs(largest))) {
        largest = value;
      }
    }
  }
  return largest;
}

/** The matrix with rows and columns exchanged (a copy). */
export function transposed(matrix: Matrix): Matrix {
  const data = new Float32Array(matrix.data.length);
  for (let row = 0; row < matrix.rows; row++) {
    for (let column = 0; column < matrix.columns; column++) {
      data[column * matrix.rows + row] = matrix.data[row * matrix.columns + column] ?? Number.NaN;
    }
  }
  return { data, rows: matrix.columns, columns: matrix.rows };
}

/** Largest finite magnitude, the limit of a ramp that shows all of it; 0 when nothing is finite. */
export function largestOf(data: Float32Array): number {
  let largest = 0;
  for (const value of data) {
    const size = Math.abs(value);
    if (size > largest && size !== Number.POSITIVE_INFINITY) largest = size;
  }
  return largest;
}
