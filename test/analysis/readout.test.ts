import { expect, test } from "vitest";
import { readoutOf } from "../../src/analysis/readout";
import type { MaskSpec, ModelSpec } from "../../src/engine/spec";
import type { Trace } from "../../src/engine/trace";
import { SPEC, wordTokens } from "../support/trace";

const WIDTH = 2;

/** A trace of three words whose logits say their position: all rows, or the last alone. */
function traceOf(mask: MaskSpec, rows: "all" | "last"): Trace {
  const spec: ModelSpec = {
    ...SPEC,
    stacks: SPEC.stacks.map((stack) => ({
      ...stack,
      layers: stack.layers.map((layer) => ({ ...layer, attn: { ...layer.attn, mask } })),
    })),
  };
  const positions = rows === "all" ? [0, 1, 2] : [2];
  const logits = {
    data: Float32Array.from(positions.flatMap((position) => [position, position])),
    shape: [positions.length, WIDTH],
    axes: ["pos", "d_vocab"] as const,
  };
  return { modelId: "small", spec, tokens: wordTokens("a b c"), decoderTokens: null, sites: { logits } };
}

const rowAt = (mask: MaskSpec, rows: "all" | "last") =>
  [0, 1, 2].map((position) => readoutOf(traceOf(mask, rows), position)?.logits[0] ?? null);

test("a word that is to be filled in is read off its own row, or not at all where the trace does not hold it", () => {
  expect(rowAt({ kind: "none" }, "all")).toEqual([0, 1, 2]);
  expect(rowAt({ kind: "none" }, "last")).toEqual([null, null, 2]);
});

test("the next token is read off the last row, which every trace holds", () => {
  expect(readoutOf(traceOf({ kind: "causal" }, "all"), 2)?.logits[0]).toBe(2);
  expect(readoutOf(traceOf({ kind: "causal" }, "last"), 2)?.logits[0]).toBe(2);
});
