import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { MODELS } from "../../../src/store/models";
import { measuredOf, promisedOf } from "../../../src/views/prompt/measures";

const evaluation = (model: string): unknown =>
  JSON.parse(
    readFileSync(
      fileURLToPath(new URL(`../../../public/models/${model}/evaluation.json`, import.meta.url)),
      "utf8",
    ),
  );

describe("the card of a shipped model", () => {
  test.each(MODELS.map(({ id }) => id))(
    "finds every line that it promises in the evaluation of %s",
    (model) => {
      const lines = measuredOf(model, evaluation(model));
      expect(lines.map(({ id }) => id)).toEqual(promisedOf(model).map(({ id }) => id));
      for (const line of lines) {
        expect(Number.isFinite(line.value)).toBe(true);
        if (line.as !== "number") expect(line.value).toBeLessThanOrEqual(1);
      }
    },
  );

  test("leaves out what an evaluation does not say, or says in another form", () => {
    expect(measuredOf("digits", { accuracy: "high" })).toEqual([]);
    expect(measuredOf("causal", { best_heads: { induction: { layer: 2, head: 0, score: 0.5 } } })).toEqual([
      { id: "induction", as: "head", layer: 2, head: 0, value: 0.5 },
    ]);
    expect(measuredOf("digits", null)).toEqual([]);
    expect(measuredOf("toString", {})).toEqual([]);
  });
});
