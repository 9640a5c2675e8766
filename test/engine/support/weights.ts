import type { Kernels } from "../../../src/engine/kernels/kernels";
import { createPlainKernels } from "../../../src/engine/kernels/plain";
import { type PreparedModel, prepare } from "../../../src/engine/prepare";
import { createRng } from "../../../src/engine/rng";
import type { ModelSpec } from "../../../src/engine/spec";
import { sizeOf } from "../../../src/engine/tensor";
import { type WeightSource, weightNames } from "../../../src/engine/weights";

/** Seeded normal weights for every tensor of a spec, biases included; gains are near 1. */
export function randomValues(spec: ModelSpec, seed: number): Map<string, Float32Array> {
  const rng = createRng(seed);
  return new Map(
    weightNames(spec).map(({ name, shape }) => {
      const gain = name.endsWith(".w") ? 1 : 0;
      const spread = shape.length === 2 ? 0.5 : 0.2;
      const values = Float32Array.from({ length: sizeOf(shape) }, () => gain + spread * rng.normal());
      return [name, values];
    }),
  );
}

/** A source over values by name; `aliases` says which names share another's storage. */
export function sourceOf(
  spec: ModelSpec,
  values: ReadonlyMap<string, Float32Array>,
  aliases: Readonly<Record<string, string>> = {},
): WeightSource {
  const needs = new Map(weightNames(spec).map((need) => [need.name, need]));
  return {
    has: (name) => values.has(name),
    shape: (name) => (values.has(name) ? (needs.get(name)?.shape ?? null) : null),
    read: (name) => ({
      values: values.get(name) ?? new Float32Array(0),
      shape: needs.get(name)?.shape ?? [],
      layout: "in_out",
    }),
    alias: (name) => aliases[name] ?? null,
  };
}

/** A model of that spec with seeded random weights. */
export function randomModel(
  spec: ModelSpec,
  seed = 1,
  kernels: Kernels = createPlainKernels(),
): PreparedModel {
  return prepare(spec, sourceOf(spec, randomValues(spec, seed)), kernels);
}
