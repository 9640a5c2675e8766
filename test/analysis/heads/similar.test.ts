import fc from "fast-check";
import { expect, test } from "vitest";
import { jensenShannon, patternCosine, similarHeads } from "../../../src/analysis/heads/similar";
import { pattern } from "../../../src/analysis/matrix";
import type { Tensor } from "../../../src/engine/tensor";

const previous = pattern(3, 3, (i, j) => Number(j === Math.max(0, i - 1)));
const self = pattern(3, 3, (i, j) => Number(i === j));
const mostlySelf = pattern(3, 3, (i, j) => (i === j ? 0.8 : 0.1));

function stack(...heads: Tensor[]): Tensor {
  const data = Float32Array.from(heads.flatMap((head) => [...head.data]));
  return { data, shape: [heads.length, 3, 3], axes: ["head", "query_pos", "key_pos"] };
}

test("rows that share no key diverge by one bit, equal rows by none", () => {
  expect(jensenShannon([1, 0], [0, 1])).toBe(1);
  expect(jensenShannon([0.3, 0.7], [0.3, 0.7])).toBe(0);
});

test("divergence and cosine are symmetric", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, share, (a, b) => {
      expect(jensenShannon([a, 1 - a], [b, 1 - b])).toBeCloseTo(jensenShannon([b, 1 - b], [a, 1 - a]), 12);
    }),
  );
  expect(patternCosine(self, mostlySelf)).toBe(patternCosine(mostlySelf, self));
});

test("the most similar head comes first, and heads over other positions are passed over", () => {
  const patterns = new Map([
    ["blocks.0.attn.hook_pattern", stack(self, previous)],
    ["blocks.1.attn.hook_pattern", stack(previous, mostlySelf)],
    ["decoder.0.cross_attn.hook_pattern", { ...pattern(1, 2, () => 0.5), shape: [1, 1, 2] }],
  ]);

  const found = similarHeads(patterns, { site: "blocks.0.attn.hook_pattern", head: 0 }, 2);

  expect(found.map(({ site, head }) => [site, head])).toEqual([
    ["blocks.1.attn.hook_pattern", 1],
    ["blocks.0.attn.hook_pattern", 1],
  ]);
});
