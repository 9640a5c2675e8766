import { describe, expect, test } from "vitest";
import { gradientLeft, likenessOf, movementOf } from "../../../src/analysis/experiments/throughLayers";
import type { Tensor } from "../../../src/engine/tensor";
import type { Trace } from "../../../src/engine/trace";

function stream(...rows: readonly (readonly number[])[]): Tensor {
  return {
    data: Float32Array.from(rows.flat()),
    shape: [rows.length, rows[0]?.length ?? 0],
    axes: ["pos", "d_model"],
  };
}

describe("what becomes of a moved word", () => {
  const still = [stream([3, 4], [1, 0]), stream([30, 40], [1, 0])];

  test("is its own change against its own size, as a multiple of that at the input", () => {
    // 1 of 5 is moved before, 1 of 50 after: a tenth is left, at a slope of one.
    const moved = [stream([3, 5], [1, 0]), stream([30, 41], [9, 9])];
    const movement = movementOf(still, moved, 0);
    expect(movement?.left[0]).toBe(1);
    expect(movement?.left[1]).toBeCloseTo(0.1, 6);
    expect(movement?.slope).toBeCloseTo(1, 6);
  });

  test("is nothing where nothing arrives", () => {
    const moved = [stream([3, 5], [1, 0]), stream([30, 40], [1, 0])];
    expect(movementOf(still, moved, 0)?.left[1]).toBe(0);
  });
});

describe("how alike words are", () => {
  test("is the mean cosine of their pairs", () => {
    // Right angles twice and once the same direction: a third of the pairs has a cosine of one.
    const [apart, same] = likenessOf([stream([1, 0], [0, 2], [0, 5]), stream([1, 1], [2, 2], [3, 3])]);
    expect(apart).toBeCloseTo(1 / 3, 6);
    expect(same).toBeCloseTo(1, 6);
  });
});

describe("what is left of a gradient", () => {
  const spec = { stacks: [{ name: "blocks", layers: [{ place: "pre" }] }] };
  const sites = { hook_full_embed: stream([3, 4]), "blocks.0.hook_resid_post": stream([6, 8]) };
  const pass = { spec, sites } as unknown as Trace;

  test("is its length times the stream's, as a multiple of that after the last layer", () => {
    // 2 × 5 at the input, 4 × 10 after the layer: a quarter.
    const gradients = {
      hook_full_embed_grad: stream([0, 2]),
      "blocks.0.hook_resid_post_grad": stream([4, 0]),
    };
    expect([...(gradientLeft(gradients, pass, "blocks") ?? [])]).toEqual([0.25, 1]);
  });

  test("is nothing where a gradient is missing", () => {
    expect(gradientLeft({ hook_full_embed_grad: stream([0, 2]) }, pass, "blocks")).toBeNull();
  });
});
