import { describe, expect, test } from "vitest";
import { evaluate } from "../../../src/analysis/explain/evaluate";
import { explain, usedBy } from "../../../src/analysis/explain/explain";
import type { SiteReference } from "../../../src/analysis/explain/expression";
import {
  fetchedWeights,
  type Lookup,
  readInput,
  traceLookup,
  type WeightRequest,
  weightKey,
} from "../../../src/analysis/explain/lookup";
import { needs, references } from "../../../src/analysis/explain/references";
import { terms } from "../../../src/analysis/explain/terms";
import { run } from "../../../src/engine/forward";
import { type PreparedModel, weightColumn, weightRow, weightVector } from "../../../src/engine/prepare";
import type { Tensor } from "../../../src/engine/tensor";
import type { RunInput } from "../../../src/engine/trace";
import { TINY_MODELS } from "../tinyModels";
import { prepareTiny } from "../tinyRuns";

function fetch(model: PreparedModel, { weight, take, at }: WeightRequest): Float32Array | null {
  if (take === "vector") return weightVector(model, weight);
  return take === "row" ? weightRow(model, weight, at) : weightColumn(model, weight, at);
}

function traceOf(model: PreparedModel, input: RunInput) {
  const { sites } = run(model, input, { capture: "all" });
  return { modelId: "tiny", spec: model.spec, sites };
}

function indices(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (heads, length) => heads.flatMap((head) => Array.from({ length }, (_, at) => [...head, at])),
    [[]],
  );
}

function isClose(got: number, expected: number): boolean {
  return Object.is(got, expected) || Math.abs(got - expected) <= 1e-4 + 1e-3 * Math.abs(expected);
}

/** Whether a reference covers a cell of a tensor: each axis open, or equal, or a range around it. */
function covers(reference: SiteReference, index: readonly number[], input: Lookup["input"]): boolean {
  return reference.index.every((at, axis) => {
    const place = index[axis] ?? -1;
    if (at === null || at === place) return true;
    if (typeof at === "number") return false;
    return "input" in at ? input(at) === place : place >= at.from && place < at.from + at.length;
  });
}

describe.each(Object.entries(TINY_MODELS))("%s", (_, tiny) => {
  const model = prepareTiny(tiny, 7);
  const trace = traceOf(model, tiny.input);
  const sites = Object.entries(trace.sites) as [string, Tensor][];

  test("every cell of every site is recomputed from the numbers and weights that its explanation names", () => {
    const wrong: object[] = [];
    for (const [site, tensor] of sites) {
      for (const index of indices(tensor.shape)) {
        const { expression } = explain(model.spec, site, index);
        const input: Lookup["input"] = (from) => readInput(model.spec, tiny.input, from);
        const fetched = needs(expression, input).map(
          (need) => [weightKey(need), fetch(model, need)] as const,
        );
        const lookup = traceLookup(trace, tiny.input, fetchedWeights(new Map(fetched)));
        const expected = tensor.data[indexOf(tensor, index)] ?? Number.NaN;
        const got = evaluate(expression, lookup);
        if (!isClose(got, expected)) wrong.push({ site, index, got, expected });
      }
    }

    expect(wrong.slice(0, 5)).toEqual([]);
  });

  test("where a cell goes and where a cell comes from say the same", () => {
    const input: Lookup["input"] = (from) => readInput(model.spec, tiny.input, from);
    const shapes = new Map(sites.map(([site, { shape }]) => [site, shape]));
    const cameFrom = new Set<string>();
    const goesTo = new Set<string>();
    const lastPosition = input({ input: "last", stack: trace.spec.stacks.at(-1)?.name ?? "blocks", at: 0 });
    for (const [site, { shape }] of sites) {
      for (const index of indices(shape)) {
        const target = `${site} ${index}`;
        for (const reference of references(explain(model.spec, site, index).expression)) {
          if (!("site" in reference)) continue;
          const source = shapes.get(reference.site) ?? [];
          for (const at of indices(source)) {
            if (covers(reference, at, input)) cameFrom.add(`${reference.site} ${at} → ${target}`);
          }
        }
        for (const reference of usedBy(model.spec, site, index, lastPosition)) {
          for (const at of indices(shapes.get(reference.site) ?? [])) {
            if (covers(reference, at, input)) goesTo.add(`${target} → ${reference.site} ${at}`);
          }
        }
      }
    }
    // A masked score is a constant, and the sum over heads is explained by z · W_O, of which hook_result is a part.
    const isIndirect = (arrow: string) =>
      /step_(scaled|bias) .* → .*hook_attn_scores|hook_result .* → .*attn_out/.test(arrow);

    expect([...cameFrom].filter((arrow) => !goesTo.has(arrow)).slice(0, 5)).toEqual([]);
    expect([...goesTo].filter((arrow) => !cameFrom.has(arrow) && !isIndirect(arrow)).slice(0, 5)).toEqual([]);
  });

  test("the terms of sums and dot products add up to the cell", () => {
    const sampled = sites.filter(([site]) =>
      /hook_q|step_dot|hook_z|hook_attn_out|hook_resid|mlp_out|logits$/.test(site),
    );
    const wrong = sampled.flatMap(([site, tensor]) => {
      const index = tensor.shape.map((length) => length - 1);
      const { expression } = explain(model.spec, site, index);
      const lookup = traceLookup(trace, tiny.input, (request) => fetch(model, request));
      const total = terms(expression, lookup).reduce((sum, term) => sum + term.value, 0);
      return isClose(total, evaluate(expression, lookup)) ? [] : [{ site, index, total }];
    });

    expect(wrong).toEqual([]);
  });
});

function indexOf(tensor: Tensor, index: readonly number[]): number {
  return index.reduce((offset, at, axis) => offset * (tensor.shape[axis] ?? 0) + at, 0);
}
