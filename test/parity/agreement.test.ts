import { describe, expect, test } from "vitest";
import type { Tensor } from "../../src/engine/tensor";
import { agrees, differences } from "./agreement";

const tensor = (values: readonly number[], shape: readonly number[] = [values.length]): Tensor => ({
  data: Float32Array.from(values),
  shape,
  axes: shape.map(() => "pos"),
});

const expected = (values: readonly number[], shape: readonly number[] = [values.length]) =>
  new Map([["logits", { shape, data: Float32Array.from(values) }]]);

describe("a number agrees with PyTorch's", () => {
  test.each([
    [1e-4, 0, true],
    [2e-4, 0, false],
    [1001, 1000, true],
    [1002, 1000, false],
    [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, true],
    [-1e30, Number.NEGATIVE_INFINITY, false],
    [Number.NEGATIVE_INFINITY, -1e30, false],
    [Number.NaN, 0, false],
    [0, Number.NaN, false],
  ])("%d against %d: %s", (got, reference, holds) => {
    expect(agrees(got, reference)).toBe(holds);
  });
});

describe("differences say", () => {
  test("nothing when all sites agree", () => {
    expect(differences("m", { logits: tensor([1, 2]) }, expected([1, 2]))).toEqual([]);
  });

  test("which site is missing, and which is too many", () => {
    expect(differences("m", { hook_embed: tensor([1]) }, expected([1]))).toEqual([
      "m: hook_embed is not a site of the reference",
      "m: logits is missing",
    ]);
  });

  test("both shapes where they differ", () => {
    expect(differences("m", { logits: tensor([1, 2], [1, 2]) }, expected([1, 2], [2, 1]))).toEqual([
      "m: logits has shape [1,2], expected [2,1]",
    ]);
  });

  test("the first index that differs, both numbers, and how many differ", () => {
    const got = { logits: tensor([1, 2, 9, 9], [2, 2]) };
    expect(differences("m", got, expected([1, 2, 3, 4], [2, 2]))).toEqual([
      "m: logits [1,0] is 9, expected 3 (2 of 4 differ)",
    ]);
  });

  test("a number that is not there", () => {
    expect(differences("m", { logits: tensor([1], [2]) }, expected([1, 2], [2]))).toEqual([
      "m: logits [1] is undefined, expected 2 (1 of 2 differ)",
    ]);
  });
});
