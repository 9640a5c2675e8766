import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { run } from "../../src/engine/forward";
import { families } from "./support/families";
import { entries } from "./support/sites";
import { randomModel } from "./support/weights";

const texts = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 7 });

describe("reusing an earlier run", () => {
  for (const [name, { spec, input }] of Object.entries(families)) {
    it(`gives every site bit for bit after any change of the text: ${name}`, () => {
      const model = randomModel(spec);
      const withText = (ids: readonly number[]) =>
        "decoderIds" in input
          ? { ids: input.ids, attentionMask: input.ids.map(() => 1), decoderIds: ids }
          : { ...("image" in input ? input : {}), ids };
      fc.assert(
        fc.property(texts, texts, fc.nat(7), (before, other, shared) => {
          const after = [...before.slice(0, shared), ...other].slice(0, 7);
          const first = run(model, withText(before), { capture: "all", keep: true });
          const reusing = run(model, withText(after), { capture: "all", keep: true, reuse: first.kept });
          const full = run(model, withText(after), { capture: "all" });
          const kept = Object.fromEntries(entries(reusing.sites));
          for (const [site, tensor] of entries(full.sites)) expect(kept[site], site).toEqual(tensor);
          expect(Object.keys(kept).sort()).toEqual(Object.keys(full.sites).sort());
        }),
        { numRuns: 15 },
      );
    });
  }

  it("computes only what changed for a causal model", () => {
    const model = randomModel(families["decoder-only"].spec);
    const options = { capture: "all", keep: true } as const;
    const first = run(model, { ids: [1, 2, 3] }, options);
    expect(run(model, { ids: [1, 2, 3, 4] }, { ...options, reuse: first.kept }).reused).toBe(3);
    expect(run(model, { ids: [1, 5] }, { ...options, reuse: first.kept }).reused).toBe(1);
    expect(run(model, { ids: [1, 2, 3] }, { ...options, reuse: first.kept }).reused).toBe(2);
    expect(run(model, { ids: [4, 2, 3] }, { ...options, reuse: first.kept }).reused).toBe(0);
  });

  it("is left aside when the capture, the logits or the model differ, or there are edits", () => {
    const model = randomModel(families["decoder-only"].spec);
    const ids = [1, 2, 3];
    const { kept } = run(model, { ids }, { capture: "all", keep: true });
    expect(run(model, { ids }, { capture: ["*hook_z"], reuse: kept }).reused).toBe(0);
    expect(run(model, { ids }, { capture: "all", logits: "last", reuse: kept }).reused).toBe(0);
    const other = randomModel(families["decoder-only"].spec, 2);
    expect(run(other, { ids }, { capture: "all", reuse: kept }).reused).toBe(0);
    const edits = [{ kind: "zero", site: "blocks.0.attn.hook_z" }] as const;
    expect(run(model, { ids }, { capture: "all", reuse: kept, edits }).reused).toBe(0);
  });

  it("keeps nothing back from the caller's arrays", () => {
    const model = randomModel(families["decoder-only"].spec);
    const { sites, kept } = run(model, { ids: [1, 2] }, { capture: "all", keep: true });
    for (const [site, tensor] of entries(sites)) expect(kept?.sites.get(site)?.data).not.toBe(tensor.data);
  });
});
