import { describe, expect, it } from "vitest";
import { run } from "../../src/engine/forward";
import { axesOf } from "../../src/engine/sites";
import { entries } from "./support/sites";
import { encoderSpec, modelSpec, seq2seqSpec } from "./support/specs";
import { randomModel } from "./support/weights";

const inputs = {
  decoder: { spec: modelSpec(), input: { ids: [1, 2, 3] } },
  encoder: { spec: encoderSpec(), input: { ids: [1, 2, 3], tokenTypeIds: [0, 0, 1] } },
  "encoder–decoder": { spec: seq2seqSpec(), input: { ids: [1, 2, 3], decoderIds: [0, 4] } },
};

describe("run", () => {
  for (const [name, { spec, input }] of Object.entries(inputs)) {
    it(`records finite sites with the axes of their names for the ${name}`, () => {
      const { sites } = run(randomModel(spec), input, { capture: "all" });
      for (const [site, tensor] of entries(sites)) {
        expect(tensor.shape.length, site).toBe(axesOf(site)?.length);
        expect(tensor.data.length, site).toBe(tensor.shape.reduce((a, b) => a * b, 1));
        const masked = site.endsWith("hook_attn_scores");
        expect(
          tensor.data.every((value) => Number.isFinite(value) || masked),
          site,
        ).toBe(true);
      }
    });
  }
});
