import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { nodeFolder } from "../../src/cli/nodeFolder";
import { loadFolder } from "../../src/model/load";
import { SHIPPED_MODELS } from "../../src/model/registry";
import type { Input } from "../../src/worker/engine";
import { openKernels } from "../../src/worker/kernels";
import { liveModel } from "../../src/worker/liveModel";

/** What PyTorch computes with a shipped model (training/reference_logits.py). */
interface Reference {
  readonly model: string;
  readonly text: string;
  /** What the decoder of the translator reads. */
  readonly target?: string;
  /** Label of a drawn sample, which a model of images reads in place of a text. */
  readonly digit?: string;
  readonly ids?: readonly number[];
  readonly decoder_ids?: readonly number[];
  /** ln Σ exp(logit) of each row of logits. */
  readonly log_sum_exp: readonly number[];
  /** The largest logits of each row, with their ids. */
  readonly largest: readonly (readonly (readonly [id: number, logit: number])[])[];
}

interface Samples {
  readonly width: number;
  readonly height: number;
  readonly samples: readonly { readonly label: string; readonly pixels: readonly number[] }[];
}

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const json = (name: string) => JSON.parse(readFileSync(path(name), "utf8"));
const references: readonly Reference[] = json("test/fixtures/shipped-logits.json");
const { width, height, samples }: Samples = json("public/models/digits/samples.json");
const kernel = (name: string) => Uint8Array.from(readFileSync(path(`src/engine/kernels/wasm/${name}.wasm`)));
const kernels = await openKernels(async () => ({ relaxed: kernel("relaxed"), simd: kernel("simd") }));

function inputOf({ text, target, digit }: Reference): Input {
  if (digit === undefined) return { text, ...(target !== undefined && { target }) };
  const data = samples.find(({ label }) => label === digit)?.pixels ?? [];
  return { image: { width, height, channels: 1, data } };
}

test("every shipped model has its references", () => {
  expect(new Set(references.map(({ model }) => model))).toEqual(new Set(SHIPPED_MODELS.map(({ id }) => id)));
});

describe.each(SHIPPED_MODELS.map(({ id, path: folder, files }) => ({ id, folder, files })))(
  "the model $id",
  async ({ id, folder, files }) => {
    const model = liveModel(await loadFolder(id, nodeFolder(path(`public/${folder}`)), {}, files), kernels);
    const own = references.filter((reference) => reference.model === id);

    test.each(own.filter(({ ids }) => ids))("cuts $text as its tokenizer did in training", (reference) => {
      const { tokens, input } = model.cut(inputOf(reference));
      expect(tokens.map((token) => token.id)).toEqual(reference.ids);
      expect(input.decoderIds).toEqual(reference.decoder_ids);
    });

    test.each(own)("has PyTorch's logits for $text, within 1e-3", (reference) => {
      const { logits } = model.trace(model.cut(inputOf(reference)), []).sites;
      const size = logits?.shape.at(-1) ?? 0;
      const rows = (logits?.data.length ?? 0) / size;
      expect(rows).toBe(reference.log_sum_exp.length);
      for (let at = 0; at < rows; at++) {
        const row = Array.from(logits?.data.subarray(at * size, (at + 1) * size) ?? []);
        const sum = Math.log(row.reduce((total, logit) => total + Math.exp(logit), 0));
        expect(Math.abs(sum - (reference.log_sum_exp[at] ?? Number.NaN)), `row ${at}`).toBeLessThan(1e-3);
        for (const [id, logit] of reference.largest[at] ?? []) {
          expect(Math.abs((row[id] ?? Number.NaN) - logit), `row ${at}, id ${id}`).toBeLessThan(1e-3);
        }
      }
    });
  },
);
