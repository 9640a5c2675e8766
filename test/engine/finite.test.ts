import { describe, expect, it } from "vitest";
import { firstNotFinite } from "../../src/engine/finite";
import { run } from "../../src/engine/forward";
import { prepare } from "../../src/engine/prepare";
import { backends } from "./kernels/backends";
import { families } from "./support/families";
import { entries } from "./support/sites";
import { randomModel, randomValues, sourceOf } from "./support/weights";

describe("firstNotFinite", () => {
  for (const [name, { spec, input }] of Object.entries(families)) {
    it(`finds nothing in a pass whose weights are of the usual size: ${name}`, () => {
      const { sites } = run(randomModel(spec), input, { capture: "all" });
      expect(entries(sites).length).toBeGreaterThan(10);
      expect(firstNotFinite(sites)).toBeNull();
    });
  }

  it("finds nothing in a pass that reads a padded input, hidden rows included", () => {
    const { spec, input } = families.encoder;
    const attentionMask = input.ids.map(() => 0);
    expect(
      firstNotFinite(run(randomModel(spec), { ...input, attentionMask }, { capture: "all" }).sites),
    ).toBeNull();
  });

  for (const backend of backends) {
    it(`names the site where finite weights first overflow, ${backend.name} kernels`, () => {
      const { spec, input } = families["decoder-only"];
      const overflowing: Readonly<Record<string, string>> = {
        "blocks.1.attn.W_V": "blocks.1.attn.hook_v",
        "blocks.0.mlp.W_in": "blocks.0.mlp.hook_pre",
        "unembed.W_U": "logits",
      };
      for (const [weight, site] of Object.entries(overflowing)) {
        const values = randomValues(spec, 1);
        expect(values.has(weight), weight).toBe(true);
        values.set(
          weight,
          (values.get(weight) ?? new Float32Array()).map((value) => Math.sign(value) * 3e38),
        );
        const model = prepare(spec, sourceOf(spec, values), backend.create());
        const { sites } = run(model, input, { capture: "all" });
        const found = firstNotFinite(sites);
        expect(found?.site).toBe(site);
        const data = entries(sites).find(([name]) => name === site)?.[1].data ?? [];
        expect(Number.isFinite(data[found?.index ?? 0])).toBe(false);
        for (let at = 0; at < (found?.index ?? 0); at++) expect(Number.isFinite(data[at])).toBe(true);
      }
    });
  }
});
