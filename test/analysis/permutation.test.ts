import * as fc from "fast-check";
import { expect, test } from "vitest";
import { moved, patternGap, putBack, shuffled, tokenOrder } from "../../src/analysis/permutation";
import type { Word } from "../../src/analysis/words";

const word = (text: string, pieces: readonly number[], special = false): Word => ({
  text,
  start: 0,
  end: 0,
  special,
  pieces,
});

const square = fc.integer({ min: 1, max: 7 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    order: fc.integer().map((seed) => shuffled(size, seed)),
    data: fc.float32Array({ minLength: size * size, maxLength: size * size, noNaN: true }),
  }),
);

function permute(data: Float32Array, order: readonly number[]): Float32Array {
  const size = order.length;
  return data.map((_, at) => data[(order[Math.floor(at / size)] ?? 0) * size + (order[at % size] ?? 0)] ?? 0);
}

test("a shuffle is a permutation, and the same one for the same seed", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40 }), fc.integer(), (length, seed) => {
      const order = shuffled(length, seed);
      expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length }, (_, at) => at));
      expect(shuffled(length, seed)).toEqual(order);
    }),
  );
});

test("putting a permuted matrix back gives the matrix", () => {
  fc.assert(
    fc.property(square, ({ order, data }) => {
      expect(putBack(permute(data, order), order)).toEqual(data);
    }),
  );
});

test("the gap is nothing for PAPᵀ, and the change of a cell for a changed cell", () => {
  const axes = ["head", "query_pos", "key_pos"] as const;
  const order = [2, 0, 1];
  const a = { data: Float32Array.from([1, 0, 0, 0.25, 0.75, 0, 0.5, 0.25, 0.25]), shape: [1, 3, 3], axes };
  const moved = permute(a.data, order);
  expect(patternGap(a, { ...a, data: moved }, order)).toBe(0);
  const changed = moved.slice();
  changed[4] = (changed[4] ?? 0) - 0.125;
  expect(patternGap(a, { ...a, data: changed }, order)).toBe(0.125);
});

test("words move with their pieces, and special tokens stay", () => {
  const words = [word("[CLS]", [0], true), word("un", [1, 2]), word("do", [3]), word("[SEP]", [4], true)];
  expect(tokenOrder(words, [0, 1])).toEqual([0, 1, 2, 3, 4]);
  expect(tokenOrder(words, [1, 0])).toEqual([0, 3, 1, 2, 4]);
});

test("an entry moves to its place and the others close up", () => {
  expect(moved([0, 1, 2, 3], 0, 2)).toEqual([1, 2, 0, 3]);
  expect(moved([0, 1, 2, 3], 3, 0)).toEqual([3, 0, 1, 2]);
});
