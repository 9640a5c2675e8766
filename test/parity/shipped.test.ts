import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { nodeFolder } from "../../src/cli/nodeFolder";
import { loadFolder } from "../../src/model/load";
import { openKernels } from "../../src/worker/kernels";
import { liveModel } from "../../src/worker/liveModel";

/** What PyTorch computes with the shipped causal model (training/reference_logits.py). */
interface Reference {
  readonly text: string;
  readonly ids: readonly number[];
  /** ln Σ exp(logit) over the vocabulary, at each position. */
  readonly log_sum_exp: readonly number[];
  /** The largest logits at each position, with their ids. */
  readonly largest: readonly (readonly (readonly [id: number, logit: number])[])[];
}

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const references: readonly Reference[] = JSON.parse(
  readFileSync(path("test/fixtures/causal-logits.json"), "utf8"),
);
const kernel = (name: string) => Uint8Array.from(readFileSync(path(`src/engine/kernels/wasm/${name}.wasm`)));

const model = liveModel(
  await loadFolder("causal", nodeFolder(path("public/models/causal")), {}),
  await openKernels(async () => ({ relaxed: kernel("relaxed"), simd: kernel("simd") })),
);

test.each(references)(
  "the causal model cuts $text as its tokenizer did when it was trained",
  ({ text, ids }) => {
    expect(model.cut({ text }).tokens.map(({ id }) => id)).toEqual(ids);
  },
);

test.each(references)("the causal model's logits for $text are PyTorch's, within 1e-3", (reference) => {
  const { logits } = model.trace(model.cut({ text: reference.text }), []).sites;
  const [positions = 0, size = 0] = logits?.shape ?? [];
  expect(positions).toBe(reference.ids.length);
  for (let position = 0; position < positions; position++) {
    const row = Array.from(logits?.data.subarray(position * size, (position + 1) * size) ?? []);
    const sum = Math.log(row.reduce((total, logit) => total + Math.exp(logit), 0));
    expect(Math.abs(sum - (reference.log_sum_exp[position] ?? Number.NaN))).toBeLessThan(1e-3);
    for (const [id, logit] of reference.largest[position] ?? []) {
      expect(Math.abs((row[id] ?? Number.NaN) - logit), `position ${position}, id ${id}`).toBeLessThan(1e-3);
    }
  }
});
