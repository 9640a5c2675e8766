import { describe, expect, test } from "vitest";
import { first } from "../../../src/engine/tensor";
import { FIRST_SELECTION } from "../../../src/store/selection";
import { compared, moved } from "../../../src/views/compare/comparison";
import { FLOW_LONGEST } from "../../../src/views/compare/gather";
import { lackOf } from "../../../src/views/compare/lackOf";
import { sentenceCosine } from "../../../src/views/compare/sentenceVector";
import { traceOf } from "../../support/trace";

function side(text: string, layer: number, head: number) {
  const trace = traceOf(text);
  const patterns = trace.sites[`blocks.${layer}.attn.hook_pattern`];
  if (patterns === undefined) throw new Error("no pattern");
  return { trace, where: { ...FIRST_SELECTION, layer, head }, matrix: first(patterns, head) };
}

describe("a comparison", () => {
  test("of a head with itself is zero everywhere, and nothing moved", () => {
    const own = side("one two three", 0, 0);
    const comparison = compared(own, own, false);
    expect(comparison.difference.data).toEqual(new Float32Array(9));
    expect(moved(comparison)).toBe(0);
  });

  test("of looking at itself with looking at the first word finds what moved", () => {
    const comparison = compared(side("one two three", 0, 0), side("one two three", 1, 2), false);
    expect([...comparison.difference.data]).toEqual([0, 0, 0, 1, -1, 0, 1, 0, -1]);
    expect(comparison.largest).toEqual({ row: 1, column: 0 });
    expect(moved(comparison)).toBeCloseTo(2 / 3);
  });

  test("aligns two texts, and has no number where one of them has no such word", () => {
    const comparison = compared(side("one two three", 0, 0), side("one three", 0, 0), false);
    expect(comparison.queryTexts).toEqual(["one", "two", "three"]);
    const none = Number.NaN;
    expect([...comparison.b.data]).toEqual([1, none, 0, none, none, none, 0, none, 1]);
    expect([...comparison.difference.data]).toEqual([0, none, 0, none, none, none, 0, none, 0]);
  });

  test("puts words of the two beside each other where one took the other's place", () => {
    const comparison = compared(side("one two three", 0, 0), side("one four three", 0, 0), false);
    expect(comparison.queryTexts).toEqual(["one", "two/four", "three"]);
    expect(comparison.difference.data).toEqual(new Float32Array(9));
  });

  test("of two units scales every row to one first", () => {
    const a = side("one two", 0, 0);
    const larger = { ...a.matrix, data: a.matrix.data.map((value) => 5 * value) };
    expect([...compared(a, { ...a, matrix: larger }, true).difference.data]).toEqual([0, 0, 0, 0]);
  });
});

test("a model that looks back only has no vector of a sentence", () => {
  expect(sentenceCosine(traceOf("one"), traceOf("two"))).toBe(null);
});

describe("a side without a matrix", () => {
  const { trace, where } = side("one two three", 1, 0);
  const long = {
    ...trace,
    tokens: Array.from({ length: FLOW_LONGEST + 1 }, () => trace.tokens[0]).flatMap((t) => t ?? []),
  };
  const bare = { ...trace, sites: {} };
  const lack = (of: Partial<Parameters<typeof lackOf>[0]>, isSecond = false, isLive = true) =>
    lackOf({ trace, where, gathering: "raw", matrix: null, ...of }, isSecond, isLive);

  test("says which of its needs is not met", () => {
    expect(lack({ matrix: side("one", 0, 0).matrix })).toBe(null);
    expect(lack({ gathering: "rollout", where: { ...where, attention: "cross_attn" } })).toBe("cross");
    expect(lack({ gathering: "flow", trace: long })).toBe("flow");
    expect(lack({ gathering: "rollout", trace: bare })).toBe("layers");
    expect(lack({ gathering: "gradient" })).toBe("gradient");
  });

  test("of a long text is made for the first run, and not for a second one", () => {
    expect(lack({ trace: bare })).toBe("waiting");
    expect(lack({ trace: bare }, true)).toBe("second");
    expect(lack({ trace: null }, true)).toBe("waiting");
  });

  test("of a file is what the file holds", () => {
    expect(lack({ gathering: "weighted" }, false, false)).toBe("opened");
  });
});
