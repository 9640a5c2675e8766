import { expect, test } from "vitest";
import { evaluate } from "../../../src/analysis/explain/evaluate";
import { explain } from "../../../src/analysis/explain/explain";
import { traceLookup } from "../../../src/analysis/explain/lookup";
import { createPlainKernels } from "../../../src/engine/kernels/plain";
import { prepare, weightColumn, weightRow, weightVector } from "../../../src/engine/prepare";
import { axesOf } from "../../../src/engine/sites";
import { sizeOf } from "../../../src/engine/tensor";
import { agrees } from "../../parity/agreement";
import { filesOf, fixtureNames, loadFixture, readReference } from "../../parity/fixtures";

/** Cells of each site that are looked at, spread over it. */
const CELLS = 13;

test.each(fixtureNames)("explanations hold for the numbers that PyTorch computed of %s", async (fixture) => {
  const { spec, weights } = await loadFixture(fixture);
  const model = prepare(spec, weights, createPlainKernels());
  const wrong: object[] = [];
  let checked = 0;
  for (const file of filesOf(fixture, "case")) {
    const { input, sites } = readReference(fixture, file);
    const trace = {
      modelId: fixture,
      spec,
      sites: Object.fromEntries(
        [...sites].map(([name, site]) => [name, { ...site, axes: axesOf(name) ?? [] }]),
      ),
    };
    const lookup = traceLookup(trace, input, ({ weight, take, at }) => {
      if (take === "vector") return weightVector(model, weight);
      return take === "row" ? weightRow(model, weight, at) : weightColumn(model, weight, at);
    });
    for (const [site, { shape, data }] of sites) {
      for (let n = 0; n < CELLS; n++) {
        const flat = Math.floor((n * (sizeOf(shape) - 1)) / (CELLS - 1));
        const index = indexOf(shape, flat);
        const got = evaluate(explain(spec, site, index).expression, lookup);
        const expected = data[flat] ?? Number.NaN;
        checked++;
        if (!agrees(got, expected)) wrong.push({ file, site, index, got, expected });
      }
    }
  }

  expect(checked).toBeGreaterThan(0);
  expect(wrong.slice(0, 5)).toEqual([]);
});

function indexOf(shape: readonly number[], flat: number): readonly number[] {
  return shape.map((length, axis) => Math.floor(flat / sizeOf(shape.slice(axis + 1))) % length);
}
