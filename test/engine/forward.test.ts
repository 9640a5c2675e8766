import { describe, expect, it } from "vitest";
import { run } from "../../src/engine/forward";
import { axesOf } from "../../src/engine/sites";
import { backends } from "./kernels/backends";
import { entries, reader } from "./support/sites";
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

  it("keeps only the captured sites, and the logits", () => {
    const { sites } = run(randomModel(modelSpec()), { ids: [1, 2] }, { capture: ["*.hook_z", "ln_final.*"] });
    expect(Object.keys(sites)).toEqual([
      "blocks.0.attn.hook_z",
      "blocks.1.attn.hook_z",
      "ln_final.step_mean",
      "ln_final.hook_scale",
      "ln_final.hook_normalized",
      "ln_final.hook_out",
      "logits",
    ]);
  });

  it("computes the same numbers whatever is captured", () => {
    for (const { spec, input } of Object.values(inputs)) {
      const model = randomModel(spec);
      const [all, few] = (["all", []] as const).map((capture) =>
        reader(run(model, input, { capture }).sites),
      );
      expect(few?.("logits")).toEqual(all?.("logits"));
    }
  });

  it("gives the logits of all positions, of the last, or none", () => {
    const model = randomModel(modelSpec());
    const logits = (rows: "all" | "last" | "none") =>
      run(model, { ids: [1, 2, 3] }, { capture: [], logits: rows }).sites.logits;
    expect(logits("all")?.shape).toEqual([3, 11]);
    expect(logits("last")?.data).toEqual(logits("all")?.data.slice(22));
    expect(logits("none")).toBeUndefined();
  });

  it("gives arrays that hold exactly their site, so that they can be transferred", () => {
    for (const { create } of backends) {
      const { sites } = run(randomModel(modelSpec(), 1, create()), { ids: [1, 2] }, { capture: "all" });
      for (const [, { data }] of entries(sites)) expect(data.buffer.byteLength).toBe(data.byteLength);
    }
  });
});
