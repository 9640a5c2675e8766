import { expect, it } from "vitest";
import { readOut } from "../../src/engine/readOut";
import { families } from "./support/families";
import { runAll } from "./support/sites";
import { randomModel } from "./support/weights";

it("reads the last stream out as the run's own logits", () => {
  const last = {
    "decoder-only": "blocks.1.hook_resid_post",
    encoder: "blocks.1.hook_normalized_resid_post",
    buckets: "decoder.1.hook_resid_post",
  } as const;
  for (const [name, site] of Object.entries(last)) {
    const { spec, input } = families[name as keyof typeof last];
    const model = randomModel(spec);
    const s = runAll(model, input);
    expect(readOut(model, s(site).data), name).toEqual(s("logits").data);
  }
});

it("has nothing to say for a model without a language-model head", () => {
  expect(readOut(randomModel(families.image.spec), new Float32Array(8))).toBeNull();
});
