import { describe, expect, test } from "vitest";
import { backward } from "../../src/engine/backward";
import type { Target } from "../../src/engine/backward/output";
import { derive } from "../../src/engine/derive";
import { run } from "../../src/engine/forward";
import { createRng } from "../../src/engine/rng";
import { siteShapes } from "../../src/engine/siteShapes";
import { applyVariant, type Variant, type VariantChange } from "../../src/engine/variants";
import { families } from "./support/families";
import { different, entries, nth, reader } from "./support/sites";
import { randomModel } from "./support/weights";

const { spec } = families["decoder-only"];
const ids = [3, 1, 4, 1, 5, 9];
const windowed: VariantChange = { kind: "mask", mask: { kind: "window", size: 3, causal: true } };

/** Changes that bring stages, rows or places of their own, and whether their gradients are worked out. */
const VARIANTS: Record<string, { readonly variant: Variant; readonly gradients: boolean }> = {
  "softmax plus one": {
    variant: [{ kind: "normaliser", normaliser: { kind: "softmaxPlusOne", temperature: 1.5 } }],
    gradients: true,
  },
  "squared relu in a window": {
    variant: [windowed, { kind: "normaliser", normaliser: { kind: "squaredRelu" } }],
    gradients: true,
  },
  "no normaliser": { variant: [{ kind: "normaliser", normaliser: { kind: "none" } }], gradients: true },
  "linear, elu": {
    variant: [{ kind: "score", score: { rule: "linear", features: "elu" } }],
    gradients: true,
  },
  "linear, random features": {
    variant: [{ kind: "score", score: { rule: "linear", features: "positiveRandom", count: 7 } }],
    gradients: true,
  },
  additive: { variant: [{ kind: "score", score: { rule: "additive" } }], gradients: false },
  "dense Synthesizer": { variant: [{ kind: "score", score: { rule: "dense" } }], gradients: true },
  "factorised random Synthesizer": {
    variant: [{ kind: "score", score: { rule: "factorisedRandom", rank: 2 } }],
    gradients: true,
  },
  mixture: {
    variant: [{ kind: "score", score: { rule: "mixture", of: ["dot", "factorisedDense"] } }],
    gradients: false,
  },
  "gated unit": { variant: [{ kind: "gatedUnit", width: 6, dHead: 4 }], gradients: true },
  "gated unit, post-norm": {
    variant: [
      { kind: "gatedUnit", width: 6, dHead: 4 },
      { kind: "place", place: "post" },
    ],
    gradients: true,
  },
  "positions in layers": {
    variant: [{ kind: "positions", scheme: "learned", at: "layers" }],
    gradients: true,
  },
  "positions in queries and keys": {
    variant: [{ kind: "positions", scheme: "sinusoidal", at: "queriesAndKeys" }],
    gradients: false,
  },
  "multiplied ALiBi": {
    variant: [{ kind: "positions", scheme: "alibi", use: "multiply" }],
    gradients: false,
  },
  "one wide head": { variant: [{ kind: "heads", heads: "merge" }], gradients: true },
  "a dropped head": { variant: [{ kind: "heads", heads: [0] }], gradients: false },
};

describe.each(Object.entries(VARIANTS))("%s", (_, { variant, gradients }) => {
  const varied = applyVariant(spec, variant);
  const model = randomModel(varied, 4);
  const { sites } = run(model, { ids }, { capture: "all" });

  test("records the sites that its spec names, in their shapes", () => {
    const expected = [...siteShapes(varied, [ids.length], "all")].map(([name, shape]) => [name, [...shape]]);
    const got = entries(sites).map(([name, { shape }]) => [name, [...shape]]);
    expect(new Map(got as [string, number[]][])).toEqual(new Map(expected as [string, number[]][]));
  });

  test("is changed by no site that is set to its own value, to the bit", () => {
    const moved = entries(sites).filter(([site, { data }]) => {
      const edits = [{ kind: "patch", site, values: data }] as const;
      return different(run(model, { ids }, { capture: "all", edits }).sites, sites).length > 0;
    });
    expect(moved.map(([site]) => site)).toEqual([]);
  });

  test("gives the same numbers after a reused prefix, to the bit", () => {
    const before = run(model, { ids: [3, 1, 4, 2] }, { capture: "all", keep: true });
    const after = run(model, { ids }, { capture: "all", reuse: before.kept });
    expect(different(after.sites, sites)).toEqual([]);
  });

  test("has every stage derived from what enters its block", () => {
    const kept = Object.fromEntries(
      entries(sites).filter(([name]) => name.endsWith("hook_resid_pre") || /attn\.hook_[qk]$/.test(name)),
    );
    const wrong = entries(sites).filter(([site, { data }]) => {
      const derived = derive(model, { sites: kept, input: { ids } }, site, null);
      return !derived.data.every((value, n) => Object.is(value, data[n]));
    });
    expect(wrong.map(([site]) => site)).toEqual([]);
  });

  test("has gradients that agree with central differences, or says that it has none", () => {
    const target: Target = { kind: "logit", site: "logits", position: ids.length - 1, id: 2 };
    if (!gradients) {
      expect(() => backward(model, sites, { ids }, target)).toThrow("not available");
      return;
    }
    const found = backward(model, sites, { ids }, target);
    const value = (site: string, values: Float32Array): number => {
      const edits = [{ kind: "patch", site, values }] as const;
      const logits = reader(run(model, { ids }, { capture: [], edits }).sites)("logits");
      return nth(logits.data, logits.data.length - nth(logits.shape, 1) + 2);
    };
    const step = 4e-3;
    const wrong = entries(sites).flatMap(([site, { data }], n) => {
      const gradient = found[`${site}_grad`];
      // Tables that no weight is read through, and the positions themselves, have none.
      if (gradient === undefined) return /step_pos_embed$/.test(site) ? [] : [`${site} has none`];
      const cell = Math.floor(createRng(n + 1).uniform() * data.length);
      if (!Number.isFinite(nth(data, cell))) return [];
      const shifted = (by: number) => data.map((each, at) => (at === cell ? each + by : each));
      const expected = (value(site, shifted(step)) - value(site, shifted(-step))) / (2 * step);
      const close = Math.abs(nth(gradient.data, cell) - expected) <= 2e-3 + 1e-2 * Math.abs(expected);
      return close ? [] : [`${site}[${cell}]: ${nth(gradient.data, cell)}, expected ${expected}`];
    });
    expect(wrong).toEqual([]);
  });
});
