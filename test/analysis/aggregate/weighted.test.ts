import { expect, test } from "vitest";
import { gradientAttention } from "../../../src/analysis/aggregate/gradientAttention";
import { normWeighted } from "../../../src/analysis/aggregate/normWeighted";
import { pattern } from "../../../src/analysis/matrix";
import type { Tensor } from "../../../src/engine/tensor";

const WEIGHTS = pattern(
  2,
  2,
  (i, j) =>
    [
      [1, 0],
      [0.5, 0.5],
    ][i]?.[j] ?? 0,
);
const VALUES: Tensor = { data: Float32Array.of(3, 4, 0, 0), shape: [2, 2], axes: ["key_pos", "d_head"] };

test("a key that is looked at but whose value is zero writes nothing", () => {
  expect([...normWeighted(WEIGHTS, VALUES, null).data]).toEqual([5, 0, 2.5, 0]);
});

test("with the output weights the norm is that of what reaches the residual stream", () => {
  const output = [Float32Array.of(2, 0), Float32Array.of(0, 0), Float32Array.of(0, 2)];

  expect([...normWeighted(WEIGHTS, VALUES, output).data]).toEqual([10, 0, 5, 0]);
});

test("gradient × attention keeps what raises the output and averages heads", () => {
  const two = (data: readonly number[]): Tensor => ({
    data: Float32Array.from(data),
    shape: [2, 1, 2],
    axes: ["head", "query_pos", "key_pos"],
  });

  expect([...gradientAttention(two([0.5, 0.5, 1, 0]), two([2, -4, 1, 8])).data]).toEqual([1, 0]);
});
