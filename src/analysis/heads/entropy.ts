import type { Tensor } from "../../engine/tensor";
import { row, sizeOfMatrix } from "../matrix";

/** −Σ p log₂ p of a row of a pattern, in bits; 0 for a row of zeros. Equation 46 of docs/maths.md. */
export function entropyOf(probabilities: ArrayLike<number>): number {
  let bits = 0;
  for (let at = 0; at < probabilities.length; at++) {
    const p = probabilities[at] ?? 0;
    if (p > 0) bits -= p * Math.log2(p);
  }
  return bits;
}

/** Entropy of each row of a pattern [query_pos, key_pos], in bits. → [query_pos] */
export function rowEntropies(pattern: Tensor): Float32Array {
  const { rows } = sizeOfMatrix(pattern);
  return Float32Array.from({ length: rows }, (_, query) => entropyOf(row(pattern, query)));
}

/** How many keys a row really uses: 2^entropy, from 1 (one key) to the number of keys (all alike). Equation 47. */
export function effectiveKeys(probabilities: ArrayLike<number>): number {
  return 2 ** entropyOf(probabilities);
}

/** Mean over the queries of how many keys a head really uses. */
export function meanEffectiveKeys(pattern: Tensor): number {
  const { rows } = sizeOfMatrix(pattern);
  let sum = 0;
  for (let query = 0; query < rows; query++) sum += effectiveKeys(row(pattern, query));
  return rows === 0 ? 0 : sum / rows;
}
