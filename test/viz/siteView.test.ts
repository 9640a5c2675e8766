import { expect, test } from "vitest";
import type { Tensor } from "../../src/engine/tensor";
import type { Trace } from "../../src/engine/trace";
import { indexAt, matrixAt, numberAt, rowOf, siteName } from "../../src/viz/siteView";
import { SPEC, traceOf } from "../support/trace";

const PLACE = {
  stack: "blocks",
  attention: "attn",
  layer: 1,
  head: 2,
  query: 3,
  key: 1,
  dimension: 2,
} as const;

test("a site's full name depends on the stack, the layer and the attention that is looked at", () => {
  const decoder = { ...PLACE, stack: "decoder", attention: "cross_attn" } as const;
  expect(
    ["hook_embed", "embed.ln.hook_out", "hook_resid_pre", "attn.hook_q", "ln1.hook_out", "logits"].map(
      (part) => [siteName(PLACE, part), siteName(decoder, part)],
    ),
  ).toEqual([
    ["hook_embed", "decoder.hook_embed"],
    ["embed.ln.hook_out", "decoder.embed.ln.hook_out"],
    ["blocks.1.hook_resid_pre", "decoder.1.hook_resid_pre"],
    ["blocks.1.attn.hook_q", "decoder.1.cross_attn.hook_q"],
    ["blocks.1.ln1.hook_out", "decoder.1.ln1.hook_out"],
    ["logits", "logits"],
  ]);
});

test("a head's matrix is a view, and the number of a place is the one that offsets give", () => {
  const trace: Trace = traceOf("one two three four five");
  const scores: Tensor = {
    data: Float32Array.from({ length: 3 * 5 * 5 }, (_, at) => at),
    shape: [3, 5, 5],
    axes: ["head", "query_pos", "key_pos"],
  };
  expect(indexAt(scores, trace, PLACE)).toEqual([2, 3, 1]);
  expect(numberAt(scores, trace, PLACE)).toBe(2 * 25 + 3 * 5 + 1);
  const matrix = matrixAt(scores, trace, PLACE);
  expect(matrix.data.buffer).toBe(scores.data.buffer);
  expect([...rowOf(matrix, 3)]).toEqual([65, 66, 67, 68, 69]);
});

test("heads of keys and values are shared by groups of query heads", () => {
  const trace: Trace = traceOf("one two three four five");
  expect(SPEC.stacks[0]?.layers[1]?.attn.nHeads).toBe(3);
  const keys: Tensor = {
    data: Float32Array.from({ length: 5 * 4 }, (_, at) => at),
    shape: [1, 5, 4],
    axes: ["kv_head", "key_pos", "d_head"],
  };
  expect(indexAt(keys, trace, PLACE)).toEqual([0, 1, 2]);
  expect(numberAt(keys, trace, PLACE)).toBe(6);
});
