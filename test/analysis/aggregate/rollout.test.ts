import fc from "fast-check";
import { expect, test } from "vitest";
import { attentionFlow } from "../../../src/analysis/aggregate/flow";
import { receptiveField, rollout, withResidual } from "../../../src/analysis/aggregate/rollout";
import { pattern, row, sizeOfMatrix } from "../../../src/analysis/matrix";
import type { Tensor } from "../../../src/engine/tensor";

/** One layer of one head. */
function layer(rows: readonly (readonly number[])[]): Tensor {
  const { data, shape } = pattern(rows.length, rows.length, (i, j) => rows[i]?.[j] ?? 0);
  return { data, shape: [1, ...shape], axes: ["head", "query_pos", "key_pos"] };
}

const IDENTITY = layer([
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]);

/** Two random layers over three positions, rows summing to one. */
const LAYERS = fc
  .array(
    fc.array(fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }), {
      minLength: 3,
      maxLength: 3,
    }),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((layers) =>
    layers.map((rows) =>
      layer(rows.map((values) => values.map((value) => value / values.reduce((a, b) => a + b, 0)))),
    ),
  );

test("layers that look at themselves alone keep every input where it is", () => {
  const [, last] = rollout([IDENTITY, IDENTITY]);

  expect([...(last?.data ?? [])]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
});

test("two layers that look one back: a half stays, a half moves, twice", () => {
  const back = layer([
    [1, 0, 0],
    [1, 0, 0],
    [0, 1, 0],
  ]);
  const [, last] = rollout([back, back]);

  expect([...(last?.data ?? [])]).toEqual([1, 0, 0, 0.75, 0.25, 0, 0.25, 0.5, 0.25]);
});

test("heads are averaged before the residual stream is added", () => {
  const { data } = withResidual({
    data: Float32Array.of(1, 0, 0, 1, 0, 1, 1, 0),
    shape: [2, 2, 2],
    axes: ["head", "query_pos", "key_pos"],
  });

  expect([...data]).toEqual([0.75, 0.25, 0.25, 0.75]);
});

test("rows of the rollout sum to one at every layer", () => {
  fc.assert(
    fc.property(LAYERS, (layers) => {
      for (const mixed of rollout(layers)) {
        for (let query = 0; query < sizeOfMatrix(mixed).rows; query++) {
          expect(row(mixed, query).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
        }
      }
    }),
  );
});

test("the receptive field of a head that looks one back grows by one position per layer", () => {
  const back = layer([
    [1, 0, 0, 0],
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
  ]);

  expect(receptiveField([back, back, back], 0.1)).toEqual([
    [1, 2, 2, 2],
    [1, 2, 3, 3],
    [1, 2, 3, 4],
  ]);
});

test("the flow through one layer is that layer's attention with the residual stream", () => {
  const one = layer([
    [1, 0, 0],
    [0.5, 0.5, 0],
    [0.2, 0.2, 0.6],
  ]);

  expect([...attentionFlow([one], 2)].map((value) => Number(value.toFixed(6)))).toEqual([0.1, 0.1, 0.8]);
});

test("the flow to an input is at least its rollout, and at most one", () => {
  fc.assert(
    fc.property(LAYERS, fc.nat(2), (layers, query) => {
      const flow = attentionFlow(layers, query);
      const mixed = rollout(layers).at(-1);
      const shares = mixed === undefined ? [] : row(mixed, query);
      flow.forEach((value, key) => {
        expect(value).toBeGreaterThanOrEqual((shares[key] ?? 0) - 1e-5);
        expect(value).toBeLessThanOrEqual(1 + 1e-5);
      });
    }),
  );
});
