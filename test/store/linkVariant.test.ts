import { describe, expect, test } from "vitest";
import type { Variant } from "../../src/engine/variants";
import { packEdits, unpackEdits } from "../../src/store/linkEdits";
import { packVariant, unpackVariant } from "../../src/store/linkVariant";

const EVERY: Variant = [
  { kind: "scale", by: "none" },
  { kind: "scale", by: 0.25, layer: 1 },
  { kind: "maskValue", value: Number.NEGATIVE_INFINITY },
  { kind: "maskValue", value: -10_000 },
  { kind: "mask", mask: { kind: "bigbird", size: 2, globals: 1, random: 3, seed: 4, causal: true } },
  { kind: "mask", mask: { kind: "drawn", rows: ["1", "01"], causal: false } },
  { kind: "mask", mask: { kind: "segments", size: 4, memory: 4 } },
  { kind: "score", score: { rule: "linear", features: "positiveRandom", count: 32, seed: 2 } },
  { kind: "score", score: { rule: "mixture", of: ["dot", "random"] } },
  { kind: "normaliser", normaliser: { kind: "softmaxPlusOne", temperature: 2 } },
  { kind: "positions", scheme: "buckets", use: "multiply" },
  { kind: "positions", scheme: "learned", at: "layers", past: "repeat" },
  { kind: "norm", norm: "rms" },
  { kind: "norm", norm: "layer", eps: 0.01, affine: false },
  { kind: "place", place: "post" },
  { kind: "residual", residual: false },
  { kind: "gatedUnit", width: 8, dHead: 4, layer: 0 },
  { kind: "heads", heads: "merge" },
  { kind: "heads", heads: [0, 2] },
  { kind: "context", length: 512 },
  { kind: "weights", init: "xavier", seed: 3, all: true },
];

describe("a link's variant", () => {
  test("comes back as it was, −∞ included", () => {
    expect(unpackVariant(packVariant(EVERY))).toEqual(EVERY);
  });

  test("is left out where there is none", () => {
    expect(packVariant([])).toBeUndefined();
    expect(packVariant(undefined)).toBeUndefined();
    expect(unpackVariant(undefined)).toEqual([]);
  });

  test.each([
    "",
    "{",
    "null",
    '[{"kind":"scale"}]',
    '[{"kind":"scale","by":null}]',
    '[{"kind":"scale","by":1,"more":2}]',
    '[{"kind":"mask","mask":{"kind":"drawn","rows":["012"],"causal":true}}]',
    '[{"kind":"score","score":{"rule":"toString"}}]',
    '[{"kind":"heads","heads":[-1]}]',
    '[{"kind":"norm","norm":"layer","eps":-1}]',
    '[{"kind":"norm","norm":"layer","affine":true}]',
    '[{"kind":"constructor"}]',
  ])("is none where it is malformed: %s", (text) => {
    expect(unpackVariant(text)).toEqual([]);
  });
});

test("an edit that borrows from another text is carried by that text", () => {
  const edits = [
    {
      kind: "borrow",
      site: "blocks.1.hook_resid_pre",
      at: { query: 2 },
      from: { text: "Wide, 太宽", at: { query: 4 } },
    },
  ] as const;
  expect(unpackEdits(packEdits(edits))).toEqual(edits);
});
