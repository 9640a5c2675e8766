import { expect, test } from "vitest";
import { evaluate } from "../../../src/analysis/explain/evaluate";
import { explain } from "../../../src/analysis/explain/explain";
import { traceLookup } from "../../../src/analysis/explain/lookup";
import { NotAvailableError } from "../../../src/engine/errors";
import { createPlainKernels } from "../../../src/engine/kernels/plain";
import { prepare, weightColumn, weightRow, weightVector } from "../../../src/engine/prepare";
import { axesOf } from "../../../src/engine/sites";
import type { ModelSpec } from "../../../src/engine/spec";
import { sizeOf } from "../../../src/engine/tensor";
import { agrees } from "../../parity/agreement";
import { filesOf, fixtureNames, loadFixture, readReference } from "../../parity/fixtures";

/** Stages that only a changed mechanism computes, of which the page says that it cannot explain them. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  "sightline-gau": [
    "hook_attn_out",
    "hook_attn_scores",
    "hook_k",
    "hook_pattern",
    "hook_q",
    "hook_result",
    "hook_v",
    "hook_z",
    "step_dot",
    "step_gate",
    "step_gated",
    "step_relu2",
    "step_scaled",
    "step_shared",
  ],
  "sightline-linear": ["hook_pattern", "step_dot", "step_phi_k", "step_phi_q", "step_row_sum", "step_scaled"],
  "sightline-synthesizer-dense": ["step_hidden", "step_scaled"],
  "sightline-synthesizer-random": ["step_scaled"],
};

/** Cells of each site that are looked at, spread over it. */
const CELLS = 13;

test.each(fixtureNames)("explanations hold for the numbers that PyTorch computed of %s", async (fixture) => {
  const { spec, weights } = await loadFixture(fixture);
  const model = prepare(spec, weights, createPlainKernels());
  const wrong: object[] = [];
  const refused = new Set<string>();
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
        const explained = explanationOf(spec, site, index);
        if (explained === null) {
          refused.add(site.replace(/^.*\./, ""));
          continue;
        }
        const got = evaluate(explained.expression, lookup);
        const expected = data[flat] ?? Number.NaN;
        checked++;
        if (!agrees(got, expected)) wrong.push({ file, site, index, got, expected });
      }
    }
  }

  expect(checked).toBeGreaterThan(0);
  expect(wrong.slice(0, 5)).toEqual([]);
  expect([...refused].sort()).toEqual(REFUSED[fixture] ?? []);
});

/** Null where the engine says that it has no explanation. */
function explanationOf(spec: ModelSpec, site: string, index: readonly number[]) {
  try {
    return explain(spec, site, index);
  } catch (error) {
    if (error instanceof NotAvailableError) return null;
    throw error;
  }
}

function indexOf(shape: readonly number[], flat: number): readonly number[] {
  return shape.map((length, axis) => Math.floor(flat / sizeOf(shape.slice(axis + 1))) % length);
}
