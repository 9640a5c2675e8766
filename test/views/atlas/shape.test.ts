import { expect, test } from "vitest";
import { FAMILY } from "../../../src/views/atlas/family";
import { costOf } from "../../../src/views/atlas/shape";

test("a cost is its formula, worked by hand on a small shape", () => {
  const shape = { encoder: 0, decoder: 2, dModel: 4, heads: 2, dHead: 2, dMlp: 16, vocab: 10, context: 8 };
  // A block: 4·4·4 + 2·4·16 = 192; two of them and the table of 10·4.
  expect(costOf(shape, 3)).toEqual({
    length: 3,
    parameters: 2 * 192 + 40,
    flops: 2 * 3 * (2 * 192 + 40) + 4 * 2 * 3 * 3 * 4,
    memory: 4 * 2 * 2 * 3 * 3,
  });
});

test("a window bounds the keys, a context the positions, and shared layers are stored once", () => {
  const shape = { encoder: 3, decoder: 0, dModel: 4, heads: 2, dHead: 2, dMlp: 16, vocab: 0, context: 8 };
  expect(costOf({ ...shape, window: 2 }, 100)).toMatchObject({ length: 8, memory: 4 * 3 * 2 * 8 * 2 });
  const shared = costOf({ ...shape, shared: true }, 4);
  expect(shared.parameters).toBe(192);
  expect(shared.flops).toBe(costOf(shape, 4).flops);
});

test("what the shapes give is what the sources say, but for biases, norms and positions", () => {
  // Flamingo counts its vision parts, Transformer-XL its word table, ALBERT-xxlarge its pooler and more.
  const apart = new Set(["flamingo", "transformer-xl", "albert-xxlarge"]);
  for (const { id, shape, published } of FAMILY) {
    if (shape === null || published === null || apart.has(id)) continue;
    const ratio = costOf(shape, 1).parameters / published;
    expect([id, ratio > 0.9 && ratio < 1.07]).toEqual([id, true]);
  }
});

test("every parent is a member", () => {
  const ids = new Set(FAMILY.map(({ id }) => id));
  expect(ids.size).toBe(FAMILY.length);
  expect(FAMILY.filter(({ from }) => from !== null && !ids.has(from))).toEqual([]);
});
