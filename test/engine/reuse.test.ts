import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { run } from "../../src/engine/forward";
import { backends } from "./kernels/backends";
import { families } from "./support/families";
import { different, entries } from "./support/sites";
import { attentionSpec, blockSpec, layers, mlpSpec, modelSpec, stackSpec, tokenEmbed } from "./support/specs";
import { randomModel } from "./support/weights";

const texts = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 7 });

const everyCase = backends.flatMap((backend) =>
  Object.entries(families).map(([name, family]) => ({ name, ...family, backend })),
);

describe("reusing an earlier run", () => {
  for (const { name, spec, input, backend } of everyCase) {
    it(`gives every site bit for bit after any change of the text: ${name}, ${backend.name} kernels`, () => {
      const model = randomModel(spec, 1, backend.create());
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
          expect(different(reusing.sites, full.sites)).toEqual([]);
        }),
        { numRuns: 15 },
      );
    });
  }

  for (const backend of backends) {
    it(`does not depend on how many rows are computed at once: ${backend.name} kernels`, () => {
      const attn = attentionSpec({ nHeads: 3, dHead: 12 });
      const embed = tokenEmbed({
        width: 36,
        positions: { kind: "learned", offset: 0, length: 24, skipId: null },
      });
      const wide = layers(blockSpec({ attn, mlp: mlpSpec({ dMlp: 70 }) }));
      const spec = modelSpec({ context: 24, stacks: [stackSpec({ dModel: 36, embed, layers: wide })] });
      const model = randomModel(spec, 1, backend.create());
      const ids = Array.from({ length: 24 }, (_, n) => (n * 7) % 11);
      const full = run(model, { ids }, { capture: "all" }).sites;
      for (const prefix of [1, 2, 3, 4, 7, 8, 9, 13, 16, 17, 20, 23]) {
        const { kept } = run(model, { ids: ids.slice(0, prefix) }, { capture: "all", keep: true });
        const { sites, reused } = run(model, { ids }, { capture: "all", reuse: kept });
        expect(reused).toBe(prefix);
        expect(different(sites, full)).toEqual([]);
      }
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

  it("shares no array with what it gives to the caller, who may transfer them", () => {
    for (const { spec, input } of [families["decoder-only"], families["encoder–decoder"]]) {
      const model = randomModel(spec);
      const { sites, kept } = run(model, input, { capture: "all", keep: true });
      const again = run(model, input, { capture: "all", reuse: kept });
      for (const [site, { data }] of [...entries(sites), ...entries(again.sites)]) {
        expect(kept?.sites.get(site)?.data, site).not.toBe(data);
      }
    }
  });
});
