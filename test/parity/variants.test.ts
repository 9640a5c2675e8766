import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { run } from "../../src/engine/forward";
import { createPlainKernels } from "../../src/engine/kernels/plain";
import { prepare } from "../../src/engine/prepare";
import type { ModelSpec } from "../../src/engine/spec";
import { applyVariant, type Variant } from "../../src/engine/variants";
import { createVariations } from "../../src/engine/variedModel";
import { type WeightSource, weightNames } from "../../src/engine/weights";
import { bytesSource } from "../../src/model/byteSource";
import { openSafetensors, type TensorFile } from "../../src/model/safetensors";
import { backends } from "../engine/kernels/backends";
import { differences } from "./agreement";
import { type Expected, loadFixture } from "./fixtures";

const ROOT = new URL("../fixtures/variants/", import.meta.url);
const names = readdirSync(ROOT).map((file) => file.replace(/\.safetensors$/, ""));

/** What training/fixtures/variants.py wrote for one change of gpt2-1. */
function read(name: string) {
  const bytes = new Uint8Array(readFileSync(new URL(`${name}.safetensors`, ROOT)));
  const file = openSafetensors(bytesSource(name, bytes));
  const all = [...file.tensors.values()];
  return {
    file,
    variant: JSON.parse(file.metadata.variant ?? "") as Variant,
    ids: JSON.parse(file.metadata.ids ?? "") as number[],
    sites: new Map<string, Expected>(
      all
        .filter((tensor) => !tensor.name.startsWith("weight "))
        .map((tensor) => [tensor.name, { shape: tensor.shape, data: file.read(tensor.name) }]),
    ),
  };
}

/** The loaded weights, and those that the change adds. */
function withAdded(base: WeightSource, spec: ModelSpec, file: TensorFile): WeightSource {
  const needs = new Map(weightNames(spec).map((need) => [need.name, need]));
  const added = (name: string) => file.tensors.has(`weight ${name}`);
  return {
    has: (name) => added(name) || base.has(name),
    shape: (name) => (added(name) ? (needs.get(name)?.shape ?? null) : base.shape(name)),
    read: (name) =>
      added(name)
        ? { values: file.read(`weight ${name}`), shape: needs.get(name)?.shape ?? [], layout: "in_out" }
        : base.read(name),
    alias: (name) => (added(name) ? null : base.alias(name)),
  };
}

describe.each(backends)("a changed architecture agrees with PyTorch with $name kernels:", ({ create }) => {
  test.each(names)("%s", async (name) => {
    const { variant, ids, sites, file } = read(name);
    const { spec, weights } = await loadFixture("gpt2-1");
    const varied = applyVariant(spec, variant);
    const model = prepare(varied, withAdded(weights, varied, file), create());
    const trace = run(model, { ids }, { capture: [...sites.keys()] });
    expect(differences(name, trace.sites, sites)).toEqual([]);
  });
});

test.each(
  names.filter((name) => [...read(name).file.tensors.keys()].every((key) => !key.startsWith("weight "))),
)("the loaded weights serve without being packed again: %s", async (name) => {
  const { variant, ids, sites } = read(name);
  const { spec, weights } = await loadFixture("gpt2-1");
  const varied = applyVariant(spec, variant);
  const model = createVariations(prepare(spec, weights, createPlainKernels())).of(varied);
  expect(differences(name, run(model, { ids }, { capture: [...sites.keys()] }).sites, sites)).toEqual([]);
  expect(varied.changed?.parts.every(({ source }) => source === "loaded")).toBe(true);
});
