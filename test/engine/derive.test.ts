import { describe, expect, it } from "vitest";
import { defaultCapture, traceBytes } from "../../src/engine/capture";
import { derive } from "../../src/engine/derive";
import type { Edit } from "../../src/engine/edits";
import { run } from "../../src/engine/forward";
import { siteShapes } from "../../src/engine/siteShapes";
import { axesOf } from "../../src/engine/sites";
import { first } from "../../src/engine/tensor";
import { backends } from "./kernels/backends";
import { families } from "./support/families";
import { entries, nth, total } from "./support/sites";
import { attentionSpec, blockSpec, layers, mlpSpec, modelSpec, stackSpec, tokenEmbed } from "./support/specs";
import { randomModel } from "./support/weights";

describe("siteShapes", () => {
  for (const [name, { spec, input, lengths }] of Object.entries(families)) {
    for (const logits of ["all", "last", "none"] as const) {
      it(`lists exactly the sites that a run records: ${name}, logits ${logits}`, () => {
        const { sites } = run(randomModel(spec), input, { capture: "all", logits });
        const recorded = entries(sites).map(([site, { shape }]) => [site, shape]);
        const listed = [...siteShapes(spec, lengths, logits)];
        expect(Object.fromEntries(recorded)).toEqual(Object.fromEntries(listed));
      });
    }
  }
});

const everyCase = backends.flatMap((backend) =>
  Object.entries(families).map(([name, family]) => ({ name, ...family, backend })),
);

describe("derive", () => {
  for (const { name, spec, input, backend } of everyCase) {
    it(`gives every site of every head from the least that a trace keeps: ${name}, ${backend.name} kernels`, () => {
      const model = randomModel(spec, 1, backend.create());
      const edits: readonly Edit[] = [];
      const whole = run(model, input, { capture: "all", edits }).sites;
      const kept = run(model, input, {
        capture: ["*.hook_resid_pre", "*.hook_q", "*.hook_k"],
        logits: "none",
      });
      for (const [site, tensor] of entries(whole)) {
        const heads = axesOf(site)?.[0] === "head" ? nth(tensor.shape, 0) : 0;
        expect(derive(model, { sites: kept.sites, input }, site, null), site).toEqual(tensor);
        for (let head = 0; head < heads; head++) {
          const one = derive(model, { sites: kept.sites, input }, site, head);
          expect([...one.data], `${site} head ${head}`).toEqual([...first(tensor, head).data]);
        }
      }
    });
  }

  it("gives the outputs at every position where a run kept those of the last alone", () => {
    for (const { spec, input } of Object.values(families)) {
      const model = randomModel(spec);
      const whole = run(model, input, { capture: "all" }).sites;
      const { sites } = run(model, input, { capture: "all", logits: "last" });
      for (const [site, tensor] of entries(whole)) {
        expect(derive(model, { sites, input }, site, null), site).toEqual(tensor);
      }
    }
  });

  it("applies the edits of the run once", () => {
    const { spec, input } = families["decoder-only"];
    const model = randomModel(spec);
    const edits: readonly Edit[] = [
      { kind: "add", site: "blocks.1.hook_resid_pre", value: 1 },
      { kind: "set", site: "blocks.1.attn.hook_attn_scores", at: { head: 1, query: 2, key: 0 }, value: 3 },
      { kind: "scale", site: "blocks.1.hook_mlp_out", factor: 2 },
    ];
    const whole = run(model, input, { capture: "all", edits }).sites;
    const kept = run(model, input, {
      capture: ["*.hook_resid_pre", "*.hook_q", "*.hook_k"],
      logits: "none",
      edits,
    });
    for (const [site, tensor] of entries(whole)) {
      expect(derive(model, { sites: kept.sites, input, edits }, site, null), site).toEqual(tensor);
    }
  });

  it("applies edits of an encoder that has to be run again for its decoder", () => {
    const { spec, input } = families.buckets;
    const model = randomModel(spec);
    const edits: readonly Edit[] = [
      { kind: "scale", site: "encoder.ln_final.hook_out", factor: 2 },
      { kind: "ablate", block: "encoder.1", part: "mlp" },
      { kind: "ablate", block: "decoder.0", part: "cross_attn", head: 1 },
    ];
    const whole = run(model, input, { capture: "all", edits }).sites;
    const { sites } = run(model, input, { capture: ["*.hook_resid_pre"], logits: "none", edits });
    for (const [site, tensor] of entries(whole)) {
      expect(derive(model, { sites, input, edits }, site, null), site).toEqual(tensor);
    }
  });

  it("names a site that the model has not", () => {
    const { spec, input } = families["decoder-only"];
    const from = { sites: {}, input };
    expect(() => derive(randomModel(spec), from, "blocks.7.hook_resid_mid", null)).toThrow(
      "blocks.7.hook_resid_mid",
    );
    expect(() => derive(randomModel(spec), from, "blocks.0.hook_resid_mid", null)).toThrow(
      "blocks.0.hook_resid_pre",
    );
  });
});

describe("defaultCapture", () => {
  const gpt2Small = modelSpec({
    context: 1024,
    stacks: [
      stackSpec({
        dModel: 768,
        embed: tokenEmbed({ vocab: 50_257, width: 768 }),
        layers: layers(
          ...Array.from({ length: 12 }, () =>
            blockSpec({ attn: attentionSpec({ nHeads: 12, dHead: 64 }), mlp: mlpSpec({ dMlp: 3072 }) }),
          ),
        ),
      }),
    ],
  });

  it("keeps everything of a short text", () => {
    expect(defaultCapture(gpt2Small, [32])).toEqual({ capture: "all", logits: "all" });
  });

  it("leaves rows of logits out first, where nobody asks for them and where the budget does not hold them", () => {
    expect(defaultCapture(gpt2Small, [32], "last")).toEqual({ capture: "all", logits: "last" });
    const rest = traceBytes(gpt2Small, [32], "all", "last");
    const rows = 4 * 31 * 50_257;
    expect(traceBytes(gpt2Small, [32], "all") - rest).toBe(rows);
    expect(defaultCapture(gpt2Small, [32], "all", rest + rows)).toEqual({ capture: "all", logits: "last" });
    expect(defaultCapture(gpt2Small, [32], "all", rest + rows + 1).logits).toBe("all");
  });

  it("keeps 512 tokens of 12 × 12 heads under 64 MB, with what is needed to derive the rest", () => {
    const { capture, logits } = defaultCapture(gpt2Small, [512]);
    expect(traceBytes(gpt2Small, [512], capture, logits)).toBeLessThan(64 * 2 ** 20);
    expect(capture).toContain("*.hook_resid_pre");
    expect(capture).toContain("*attn.hook_q");
    expect(logits).toBe("last");
  });

  it("counts the bytes that a run really keeps", () => {
    for (const { spec, input, lengths } of Object.values(families)) {
      const { sites } = run(randomModel(spec), input, { capture: "all" });
      const bytes = total(entries(sites).map(([, { data }]) => data.byteLength));
      expect(traceBytes(spec, lengths, "all")).toBe(bytes);
    }
  });
});
