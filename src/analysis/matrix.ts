import type { Tensor } from "../engine/tensor";

/** Number of rows and columns of a matrix: a tensor of two axes. */
export function sizeOfMatrix({ shape }: Pick<Tensor, "shape">): { rows: number; columns: number } {
  const [rows = 0, columns = 0] = shape;
  return { rows, columns };
}

/** One row of a matrix, as a view. */
export function row(matrix: Pick<Tensor, "data" | "shape">, index: number): Float32Array {
  const { columns } = sizeOfMatrix(matrix);
  return matrix.data.subarray(index * columns, (index + 1) * columns);
}

/** A pattern [query_pos, key_pos] whose cells are made by `cell`. */
export function pattern(rows: number, columns: number, cell: (query: number, key: number) => number): Tensor {
  const data = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) data[i * columns + j] = cell(i, j);
  }
  return { data, shape: [rows, columns], axes: ["query_pos", "key_pos"] };
}

/** Mean over the heads of [head, query_pos, key_pos]. → [query_pos, key_pos] */
export function meanOverHeads(patterns: Tensor): Tensor {
  const [heads = 0, rows = 0, columns = 0] = patterns.shape;
  const size = rows * columns;
  const data = new Float32Array(size);
  patterns.data.forEach((value, at) => {
    data[at % size] = (data[at % size] ?? 0) + value / heads;
  });
  return { data, shape: [rows, columns], axes: ["query_pos", "key_pos"] };
}

/**
 * Patterns small enough to draw: at most `side` cells on a side, each the largest of those that it stands for, so that one
 * sharp entry survives at any size. [head, query_pos, key_pos] → [head, query, key] of the smaller grid
 */
export function pooled(patterns: Tensor, side: number): Tensor {
  const [heads = 0, rows = 0, columns = 0] = patterns.shape;
  const down = Math.min(rows, side);
  const across = Math.min(columns, side);
  const data = new Float32Array(heads * down * across);
  patterns.data.forEach((value, at) => {
    const column = at % columns;
    const row = Math.floor(at / columns) % rows;
    const head = Math.floor(at / (rows * columns));
    const y = Math.floor((row * down) / rows);
    const x = Math.floor((column * across) / columns);
    const to = (head * down + y) * across + x;
    if (value > (data[to] ?? 0)) data[to] = value;
  });
  return { data, shape: [heads, down, across], axes: patterns.axes };
}

/** Σ a·b over two vectors of one length. */
export function dotOf(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

/** Euclidean length of a vector. */
export function normOf(vector: ArrayLike<number>): number {
  return Math.sqrt(dotOf(vector, vector));
}

/** Cosine of the angle between two vectors; 0 when one of them is zero. */
export function cosineOf(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const scale = normOf(a) * normOf(b);
  return scale === 0 ? 0 : dotOf(a, b) / scale;
}

/** Mean of some numbers; 0 of none. */
export function meanOf(values: Float32Array): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A tensor whose last axis sums to one everywhere, in the proportions that it has; a row of zeros stays one. */
export function rescaled(tensor: Tensor): Tensor {
  const columns = tensor.shape.at(-1) ?? 1;
  const data = new Float32Array(tensor.data.length);
  for (let start = 0; start < data.length; start += columns) {
    const line = tensor.data.subarray(start, start + columns);
    const sum = line.reduce((all, value) => all + value, 0) || 1;
    line.forEach((value, at) => {
      data[start + at] = value / sum;
    });
  }
  return { ...tensor, data };
}
