import * as fc from "fast-check";
import { expect, test } from "vitest";
import { boundsOf, lookAt } from "../../src/store/follow";
import { clampSelection, FIRST_SELECTION } from "../../src/store/selection";
import { traceOf, wordTokens } from "../support/trace";

const bounds = boundsOf(traceOf("one two three four"));

test("a selection that exists stays as it is", () => {
  const inside = { ...FIRST_SELECTION, layer: 1, head: 2, query: 3, key: 1 };
  expect(clampSelection(inside, bounds)).toEqual(inside);
});

test("indices beyond the model or the text become the nearest that exist, and a missing stack the last one", () => {
  const outside = {
    ...FIRST_SELECTION,
    stack: "decoder",
    attention: "cross_attn",
    layer: 9,
    head: -3,
    query: 99,
    key: 4,
  };
  expect(
    clampSelection({ ...FIRST_SELECTION, ...outside, stack: "decoder", attention: "cross_attn" }, bounds),
  ).toEqual({
    ...FIRST_SELECTION,
    layer: 1,
    head: 0,
    query: 3,
    key: 3,
  });
});

test("whatever is asked for, what comes back lies inside and clamping again changes nothing", () => {
  const anything = fc.oneof(fc.integer(), fc.double());
  fc.assert(
    fc.property(anything, anything, anything, anything, (layer, head, query, key) => {
      const clamped = clampSelection({ ...FIRST_SELECTION, layer, head, query, key }, bounds);
      const limits = { layer: 2, head: 3, query: 4, key: 4 };
      for (const [name, length] of Object.entries(limits)) {
        const index = clamped[name as keyof typeof limits];
        expect(Number.isInteger(index) && index >= 0 && index < length).toBe(true);
      }
      expect(clampSelection(clamped, bounds)).toEqual(clamped);
    }),
  );
});

test("words of a pair are looked for in the target where a decoder asks, and in the source where that is asked", () => {
  const source = traceOf("one two three four");
  const [only] = source.spec.stacks;
  const [block] = only?.layers ?? [];
  if (only === undefined || block === undefined) throw new Error("the spec has no block");
  const stacks = [
    { ...only, name: "encoder" as const },
    { ...only, name: "decoder" as const, layers: [{ ...block, cross: block.attn }] },
  ];
  const trace = {
    ...source,
    spec: { ...source.spec, stacks },
    decoderTokens: wordTokens("a b three"),
  };
  const places = (stack: "encoder" | "decoder", attention: "attn" | "cross_attn") => {
    const { query, key } = lookAt({ ...FIRST_SELECTION, stack, attention }, { query: 4, key: 8 }, trace);
    return { query, key };
  };
  // Offset 4 is "two" in the source, "three" in the target; offset 8 is "three" in both.
  expect(places("encoder", "attn")).toEqual({ query: 1, key: 2 });
  expect(places("decoder", "attn")).toEqual({ query: 2, key: 2 });
  expect(places("decoder", "cross_attn")).toEqual({ query: 2, key: 2 });
});
