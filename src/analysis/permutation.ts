import { createRng } from "../engine/rng";
import type { Tensor } from "../engine/tensor";
import type { Word } from "./words";

/** 0 … n−1 in a random order, the same for the same seed. */
export function shuffled(length: number, seed: number): readonly number[] {
  const rng = createRng(seed);
  const order = Array.from({ length }, (_, at) => at);
  for (let at = length - 1; at > 0; at--) {
    const other = Math.floor(rng.uniform() * (at + 1));
    [order[at], order[other]] = [order[other] ?? at, order[at] ?? other];
  }
  return order;
}

/** Whether a list names each of 0 … n−1 once. */
export function isPermutation(order: readonly number[]): boolean {
  return [...order].sort((a, b) => a - b).every((word, at) => word === at);
}

/** An order with the entry at one place moved to another. */
export function moved(order: readonly number[], from: number, to: number): readonly number[] {
  const entry = order[from];
  return entry === undefined ? order : order.toSpliced(from, 1).toSpliced(to, 0, entry);
}

/**
 * Which token stands at each position once the words are permuted: `order[i]` is the word that comes i-th. Special tokens
 * stay where they are, and the pieces of a word stay together.
 */
export function tokenOrder(words: readonly Word[], order: readonly number[]): readonly number[] {
  const movable = words.filter((word) => !word.special);
  let next = 0;
  return words.flatMap((word) => {
    if (word.special) return word.pieces;
    const index = order[next++] ?? -1;
    return movable[index]?.pieces ?? word.pieces;
  });
}

/** The largest difference between a permuted run's pattern and the permuted pattern: 0 where A → PAPᵀ. [head, query_pos, key_pos] */
export function patternGap(original: Tensor, permuted: Tensor, order: readonly number[]): number {
  const [heads = 0, size = 0] = original.shape;
  let gap = 0;
  for (let head = 0; head < heads; head++) {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        const before = original.data[(head * size + (order[i] ?? 0)) * size + (order[j] ?? 0)] ?? 0;
        gap = Math.max(gap, Math.abs((permuted.data[(head * size + i) * size + j] ?? 0) - before));
      }
    }
  }
  return gap;
}

/** A permuted matrix [rows, columns] with its rows and columns put back where they came from: PᵀAP. */
export function putBack(permuted: Float32Array, order: readonly number[]): Float32Array {
  const size = order.length;
  const back = new Float32Array(permuted.length);
  order.forEach((to, i) => {
    order.forEach((column, j) => {
      back[to * size + column] = permuted[i * size + j] ?? 0;
    });
  });
  return back;
}
