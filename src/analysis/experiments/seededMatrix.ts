import type { Rng } from "../../engine/rng";

/** A dense matrix. [rows, columns] */
export interface Dense {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** Normal entries of variance gain²/columns, so that a product keeps the size of its vector. */
export function seededMatrix(rng: Rng, rows: number, columns: number, gain = 1): Dense {
  const size = gain / Math.sqrt(columns);
  return { data: Float64Array.from({ length: rows * columns }, () => size * rng.normal()), rows, columns };
}

/** M v. [columns] → [rows] */
export function apply({ data, rows, columns }: Dense, v: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += (data[i * columns + j] ?? 0) * (v[j] ?? 0);
    return sum;
  });
}

/** Mᵀ v. [rows] → [columns] */
export function applyTransposed({ data, rows, columns }: Dense, v: ArrayLike<number>): Float64Array {
  const out = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) out[j] = (out[j] ?? 0) + (data[i * columns + j] ?? 0) * (v[i] ?? 0);
  }
  return out;
}

/** a + b, in place in a. */
export function addTo(a: Float64Array, b: ArrayLike<number>, factor = 1): Float64Array {
  for (let at = 0; at < a.length; at++) a[at] = (a[at] ?? 0) + factor * (b[at] ?? 0);
  return a;
}
