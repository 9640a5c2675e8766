import { expect, test } from "vitest";
import type { ModelSpec } from "../../src/engine/spec";
import type { Trace } from "../../src/engine/trace";
import { follow } from "../../src/store/follow";
import { FIRST_SELECTION } from "../../src/store/selection";
import { SPEC, traceOf } from "../support/trace";

const READS_BOTH_WAYS: ModelSpec = {
  ...SPEC,
  stacks: SPEC.stacks.map((stack) => ({
    ...stack,
    layers: stack.layers.map((layer) => ({ ...layer, attn: { ...layer.attn, mask: { kind: "none" } } })),
  })),
};

/** A trace of "the dog [MASK] home ." by a model whose mask has this id. */
function masked(mask: number | null, spec: ModelSpec): Trace {
  return {
    ...traceOf("the dog [MASK] home ."),
    spec: { ...spec, ids: { ...spec.ids, mask } },
  };
}

/** What an unlocked selection follows, in layer 1, head 2, where every query looks at the first word. */
function followed(trace: Trace) {
  const { query, key } = follow({ ...FIRST_SELECTION, layer: 1, head: 2 }, trace);
  return { query, key };
}

test("a selection that is not locked is at the first mask that the model fills", () => {
  expect(followed(masked(2, READS_BOTH_WAYS))).toEqual({ query: 2, key: 0 });
});

test("without a mask, or where nothing is filled, it is at the last token", () => {
  expect(followed(masked(7, READS_BOTH_WAYS))).toEqual({ query: 4, key: 0 });
  expect(followed(masked(null, READS_BOTH_WAYS))).toEqual({ query: 4, key: 0 });
  expect(followed(masked(2, SPEC))).toEqual({ query: 4, key: 0 });
  expect(followed(masked(2, { ...READS_BOTH_WAYS, heads: [] }))).toEqual({ query: 4, key: 0 });
});
