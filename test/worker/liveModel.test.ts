import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { nodeFolder } from "../../src/cli/nodeFolder";
import { loadFolder } from "../../src/model/load";
import { FIRST_MODEL } from "../../src/store/models";
import { firstOf } from "../../src/worker/cut";
import { openKernels } from "../../src/worker/kernels";
import { type LiveModel, liveModel } from "../../src/worker/liveModel";

const SAMPLING = { temperature: 1, topK: 40, topP: 0.95, seed: 7 };

function kernel(name: string): Uint8Array<ArrayBuffer> {
  return readFileSync(new URL(`../../src/engine/kernels/wasm/${name}.wasm`, import.meta.url));
}

let model: LiveModel;
beforeAll(async () => {
  const folder = fileURLToPath(new URL(`../../public/models/${FIRST_MODEL}`, import.meta.url));
  model = liveModel(
    await loadFolder(FIRST_MODEL, nodeFolder(folder), {}),
    await openKernels(async () => ({ relaxed: kernel("relaxed"), simd: kernel("simd") })),
  );
});

describe("a live model", () => {
  test("cuts a text into tokens that cover it, and runs them", () => {
    const text = "The animal didn't cross.";
    const cut = model.cut({ text });
    expect(cut.tokens.map(({ start, end }) => text.slice(start, end)).join("")).toBe(text);
    const { tokens, sites } = model.trace(cut, []);
    const n = tokens.length;
    const [heads, queries, keys] = sites["blocks.0.attn.hook_pattern"]?.shape ?? [];
    expect([queries, keys]).toEqual([n, n]);
    expect(heads).toBe(model.facts.spec.stacks[0]?.layers[0]?.attn.nHeads);
    expect(sites.logits?.shape).toEqual([n, model.vocabulary().length]);
  });

  test("gives the same numbers for ids as for the text that they spell", () => {
    const cut = model.cut({ text: "It was late." });
    const byIds = model.trace(model.cut({ ids: cut.input.ids }), []);
    expect(byIds.sites.logits?.data).toEqual(model.trace(cut, []).sites.logits?.data);
    expect(byIds.tokens.map((token) => token.text)).toEqual(cut.tokens.map((token) => token.text));
  });

  test("keeps the first tokens of a long text", () => {
    const cut = model.cut({ text: "word ".repeat(500) });
    const first = firstOf(cut, model.facts.spec.context);
    expect(cut.tokens.length).toBeGreaterThan(500);
    expect(first.input.ids).toEqual(cut.input.ids.slice(0, model.facts.spec.context));
    expect(model.trace(first, []).tokens).toHaveLength(model.facts.spec.context);
  });

  test("goes on the same way with the same seed, whole characters at a time, until the context is full", () => {
    let text = "Once upon a time";
    for (let n = 0; n < 6; n++) {
      const added = model.append(text, SAMPLING);
      expect(added).toBe(model.append(text, SAMPLING));
      expect(added).not.toMatch(/^$|\ufffd/);
      text += added;
    }
    const others = [1, 2, 3, 4].map((seed) => model.append(text, { ...SAMPLING, seed }));
    expect(new Set(others).size).toBeGreaterThan(1);
    expect(model.append("word ".repeat(500), SAMPLING)).toBe("");
  });

  test("takes the most probable token at temperature 0", () => {
    const text = "Once upon a";
    const cut = model.cut({ text });
    const logits = model.trace(cut, []).sites.logits;
    const last = logits?.data.slice(-model.vocabulary().length) ?? new Float32Array(0);
    const best = last.indexOf(Math.max(...last));
    expect(model.append(text, { ...SAMPLING, temperature: 0 })).toBe(model.vocabulary()[best]);
  });

  test("gives a weight's column, a table's row and a vector, and null for what it lacks", () => {
    const width = model.facts.spec.stacks[0]?.dModel;
    const part = (weight: string, take: "column" | "row" | "vector") => model.weight({ weight, take, at: 0 });
    expect(part("blocks.0.attn.W_O", "column")?.length).toBe(width);
    expect(part("embed.W_E", "row")?.length).toBe(width);
    expect(part("blocks.0.ln1.w", "vector")?.length).toBe(width);
    expect(part("blocks.0.ln1.nothing", "vector")).toBe(null);
  });
});

test("without kernels at hand, or where WebAssembly is refused, the plain ones serve", async () => {
  const refused = await openKernels(() => Promise.reject(new Error("blocked")));
  expect(refused.name).toBe("plain");
  const broken = { relaxed: new Uint8Array(8), simd: new Uint8Array(8) };
  expect((await openKernels(async () => broken)).name).toBe("plain");
});
