import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Kernels } from "../../src/engine/kernels/kernels";
import { createPlainKernels } from "../../src/engine/kernels/plain";
import { createWasmKernels } from "../../src/engine/kernels/wasm";
import { prepare } from "../../src/engine/prepare";
import type { Variant } from "../../src/engine/variants";
import { liveModelOf } from "../../src/worker/liveModel";
import { families } from "../engine/support/families";
import { different } from "../engine/support/sites";
import { randomValues, sourceOf } from "../engine/support/weights";

const { spec, input } = families["decoder-only"];
const CUT = { tokens: [], input, decoderTokens: null };

afterEach(() => vi.restoreAllMocks());

/** A loaded model without a tokenizer, over kernels. */
function open(kernels: Kernels) {
  const loaded = {
    id: "random",
    spec,
    weights: sourceOf(spec, new Map()),
    tokenizer: null,
    preprocessing: null,
    parameters: 0,
    extra: [],
  };
  return liveModelOf(loaded, prepare(spec, sourceOf(spec, randomValues(spec, 1)), kernels));
}

const seeded = (seed: number): Variant => [{ kind: "weights", init: "normal", seed, all: true }];

/** Kernels that count how many tensors they hold. */
function counting(): { kernels: Kernels; held: () => number } {
  const plain = createPlainKernels();
  const made = new Set<unknown>();
  const note = <M>(each: M): M => {
    made.add(each);
    return each;
  };
  return {
    held: () => made.size,
    kernels: {
      ...plain,
      keep: (values) => note(plain.keep(values)),
      pack: (...all) => note(plain.pack(...all)),
      free: (each) => {
        if (!made.delete(each)) throw new Error("given back twice, or never made");
        plain.free(each);
      },
    },
  };
}

describe("200 new seeds", () => {
  test("hold no more tensors than a few do", () => {
    const { kernels, held } = counting();
    const live = open(kernels);
    const counts: number[] = [];
    for (let seed = 1; seed <= 200; seed++) {
      live.vary(seeded(seed)).trace(CUT, []);
      counts.push(held());
    }
    expect(Math.max(...counts.slice(100))).toBe(Math.max(...counts.slice(0, 100)));
  });

  test("let WebAssembly's memory grow only at first, and a seed gives its own numbers whatever came before it", () => {
    const bytes = readFileSync(new URL("../../src/engine/kernels/wasm/simd.wasm", import.meta.url));
    const live = open(createWasmKernels("simd", new Uint8Array(bytes)));
    const grown = vi.spyOn(WebAssembly.Memory.prototype, "grow");
    const first = live.vary(seeded(1)).trace(CUT, []).sites;
    for (let seed = 2; seed <= 100; seed++) live.vary(seeded(seed)).trace(CUT, []);
    const before = grown.mock.calls.length;
    for (let seed = 101; seed <= 200; seed++) live.vary(seeded(seed)).trace(CUT, []);
    expect(grown.mock.calls.length).toBe(before);
    expect(different(live.vary(seeded(1)).trace(CUT, []).sites, first)).toEqual([]);
  });

  test("leave a search that goes on with an earlier seed its weights", () => {
    const bytes = readFileSync(new URL("../../src/engine/kernels/wasm/simd.wasm", import.meta.url));
    const request = {
      input: { ids: input.ids },
      decoding: { strategy: "greedy", beams: 1, lengthPenalty: 1, maxTokens: 3 },
      sampling: { temperature: 1, topK: 0, topP: 1, seed: 1 },
    } as const;
    const alone = open(createWasmKernels("simd", new Uint8Array(bytes)));
    const expected = [...alone.vary(seeded(1)).decode({ model: "random", ...request })];
    const live = open(createWasmKernels("simd", new Uint8Array(bytes)));
    const steps = live.vary(seeded(1)).decode({ model: "random", ...request });
    const parts = [];
    for (const part of steps) {
      parts.push(part);
      for (let seed = 2; seed < 30; seed++) live.vary(seeded(seed)).trace(CUT, []);
    }
    expect(parts).toEqual(expected);
  });
});
