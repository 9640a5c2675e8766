import { describe, expect, it } from "vitest";
import { run } from "../../src/engine/forward";
import { createPlainKernels } from "../../src/engine/kernels/plain";
import { prepare, prepareSteps, weightColumn, weightRow, weightVector } from "../../src/engine/prepare";
import { sizeOf } from "../../src/engine/tensor";
import { type WeightSource, weightNames } from "../../src/engine/weights";
import { families } from "./support/families";
import { excess, nth, reader } from "./support/sites";
import { modelSpec } from "./support/specs";
import { randomModel, randomValues, sourceOf } from "./support/weights";

const spec = modelSpec();
const kernels = createPlainKernels();

function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
  return values.map((_, n) => nth(values, (n % rows) * columns + Math.floor(n / rows)));
}

describe("weightNames", () => {
  it("names every tensor of a small decoder once, with its shape", () => {
    const needs = weightNames(spec).map(({ name, shape, optional }) => [name, [...shape], optional]);
    expect(needs.slice(0, 8)).toEqual([
      ["embed.W_E", [11, 8], false],
      ["pos_embed.W_pos", [16, 8], false],
      ["blocks.0.ln1.w", [8], false],
      ["blocks.0.ln1.b", [8], true],
      ["blocks.0.ln2.w", [8], false],
      ["blocks.0.ln2.b", [8], true],
      ["blocks.0.attn.W_Q", [8, 8], false],
      ["blocks.0.attn.b_Q", [8], true],
    ]);
    expect(needs.slice(-4)).toEqual([
      ["ln_final.w", [8], false],
      ["ln_final.b", [8], true],
      ["unembed.W_U", [8, 11], false],
      ["unembed.b_U", [11], true],
    ]);
  });

  it("names a shared layer once", () => {
    const names = weightNames(families.shared.spec).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => name.startsWith("blocks.1"))).toEqual([]);
  });
});

describe("prepare", () => {
  it("reads matrices of either layout", () => {
    const values = randomValues(spec, 1);
    const source = sourceOf(spec, values);
    const flipped: WeightSource = {
      ...source,
      read(name) {
        const tensor = source.read(name);
        const [rows = 0, columns = 0] = tensor.shape;
        const table = name === "embed.W_E" || name === "pos_embed.W_pos";
        if (tensor.shape.length < 2 || table) return tensor;
        return {
          values: transposed(tensor.values, rows, columns),
          shape: [columns, rows],
          layout: "out_in",
        };
      },
    };
    const [a, b] = [source, flipped].map((from) =>
      run(prepare(spec, from, kernels), { ids: [1, 2, 3] }, { capture: "all" }),
    );
    expect(a).toEqual(b);
  });

  it("packs a tied output matrix once and reads the embedding from its columns", () => {
    const values = randomValues(spec, 1);
    const table = values.get("embed.W_E") ?? new Float32Array(0);
    values.set("unembed.W_U", transposed(table, 11, 8));
    const untied = prepare(spec, sourceOf(spec, values), kernels);
    const read: string[] = [];
    const source = sourceOf(spec, values, { "unembed.W_U": "embed.W_E" });
    const counting: WeightSource = {
      ...source,
      read(name) {
        read.push(name);
        const tied = { values: table, shape: [11, 8], layout: "out_in" } as const;
        return name === "unembed.W_U" ? tied : source.read(name);
      },
    };
    const tied = prepare(spec, counting, kernels);
    expect(read.filter((name) => name === "embed.W_E" || name === "unembed.W_U")).toEqual(["unembed.W_U"]);
    const [a, b] = [tied, untied].map((model) => run(model, { ids: [1, 10] }, { capture: "all" }));
    expect(a).toEqual(b);
  });

  it("leaves out biases that the source has not", () => {
    const values = randomValues(spec, 1);
    const without = new Map([...values].filter(([name]) => !/\.b(_\w+)?$/.test(name)));
    const zeros = new Map(
      [...values].map(([name, v]) => [name, without.has(name) ? v : new Float32Array(v.length)]),
    );
    const [a, b] = [without, zeros].map((from) =>
      reader(run(prepare(spec, sourceOf(spec, from), kernels), { ids: [1, 2] }, { capture: [] }).sites)(
        "logits",
      ),
    );
    expect(excess(a?.data ?? [], b?.data ?? [1])).toBe(0);
  });

  it("says before each tensor how far it is, and can be dropped", () => {
    const steps = [...prepareSteps(spec, sourceOf(spec, randomValues(spec, 1)), kernels)];
    const total = weightNames(spec).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    expect(steps[0]).toEqual({ name: "embed.W_E", done: 0, total });
    expect(steps.map(({ name }) => name)).toEqual(weightNames(spec).map(({ name }) => name));
    expect(nth(steps, steps.length - 1).done).toBe(total - 11);
  });

  it("names a tensor that is missing, mis-shaped or not finite", () => {
    const values = randomValues(spec, 1);
    const source = sourceOf(spec, values);
    const name = "blocks.1.mlp.W_in";
    const missing: WeightSource = {
      ...source,
      has: (one) => one !== name && source.has(one),
      shape: (one) => (one === name ? null : source.shape(one)),
    };
    expect(() => prepare(spec, missing, kernels)).toThrow(`no ${name} of shape [8, 12]`);
    const shape = (one: string) => (one === name ? [8, 13] : source.shape(one));
    expect(() => prepare(spec, { ...source, shape }, kernels)).toThrow("[8, 13], expected [8, 12]");
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      values.set(name, new Float32Array(96).fill(bad, 7, 8));
      expect(() => prepare(spec, source, kernels)).toThrow(`${name} holds ${bad} at entry 7`);
    }
  });
});

describe("the weights of a model", () => {
  it("are read back as they were given", () => {
    const values = randomValues(spec, 1);
    const model = randomModel(spec, 1);
    const table = values.get("embed.W_E") ?? [];
    const output = values.get("blocks.0.attn.W_O") ?? [];
    expect([...weightRow(model, "embed.W_E", 3)]).toEqual([...Array.from(table).slice(24, 32)]);
    expect([...weightColumn(model, "blocks.0.attn.W_O", 5)]).toEqual(
      Array.from(output).filter((_, n) => n % 8 === 5),
    );
    expect(weightVector(model, "blocks.0.ln1.w")).toEqual(values.get("blocks.0.ln1.w"));
    expect(weightVector(model, "blocks.0.ln1.nothing")).toBeNull();
    expect(() => weightColumn(model, "blocks.9.attn.W_O", 0)).toThrow("blocks.9.attn.W_O");
  });
});
