import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { headFacts } from "../../src/analysis/heads/headFacts";
import { pooled } from "../../src/analysis/matrix";
import { TRACE_BUDGET, traceBytes } from "../../src/engine/capture";
import { run } from "../../src/engine/forward";
import { createPlainKernels } from "../../src/engine/kernels/plain";
import { createWasmKernels } from "../../src/engine/kernels/wasm";
import { prepare } from "../../src/engine/prepare";
import { siteShapes } from "../../src/engine/siteShapes";
import type { SiteName } from "../../src/engine/sites";
import { first } from "../../src/engine/tensor";
import { layerHeads } from "../../src/worker/layerHeads";
import { type LiveModel, liveModel } from "../../src/worker/liveModel";
import { createPasses } from "../../src/worker/passes";
import { randomWeights, specOf } from "../bench/suite/decoder";
import { different } from "../engine/support/sites";

const SPEC = specOf({ name: "long", layers: 12, heads: 12, dModel: 48, vocab: 50 });
const IDS = Array.from({ length: 512 }, (_, at) => (at * 37) % 50);
function fastKernels() {
  return createWasmKernels(
    "simd",
    readFileSync(new URL("../../src/engine/kernels/wasm/simd.wasm", import.meta.url)),
  );
}

const SITE = "blocks.7.attn.hook_pattern";

describe("a trace of 512 tokens of 12 × 12 heads", () => {
  let model: LiveModel;
  beforeAll(() => {
    model = liveModel(
      {
        id: "large",
        spec: SPEC,
        weights: randomWeights(SPEC),
        tokenizer: null,
        extra: [],
        parameters: 0,
        preprocessing: null,
      },
      fastKernels(),
    );
  });

  test("stays under 64 MB, and every stage can be had, of any head, with the bits of a pass that keeps them all", () => {
    expect(traceBytes(SPEC, [512], "all")).toBeGreaterThan(8 * TRACE_BUDGET);
    const cut = model.cut({ ids: IDS });
    const trace = model.trace(cut, []);
    const bytes = Object.values(trace.sites).reduce((sum, tensor) => sum + (tensor?.data.byteLength ?? 0), 0);
    expect(bytes).toBeLessThan(TRACE_BUDGET);
    expect(trace.sites[SITE]).toBe(undefined);
    const names = [...siteShapes(SPEC, [512], "all").keys()].filter((name) => !/^blocks\.(?!7\.)/.test(name));
    const whole = run(prepare(SPEC, randomWeights(SPEC), fastKernels()), { ids: IDS }, { capture: names });
    expect(Object.keys(whole.sites).sort()).toEqual([...names].sort());
    const left = names.filter((name) => trace.sites[name as SiteName] === undefined);
    expect(left).toEqual(expect.arrayContaining([SITE, "blocks.7.attn.step_exp", "blocks.7.mlp.hook_post"]));
    for (const [n, site] of names.entries()) {
      const all = whole.sites[site as SiteName];
      if (all === undefined) throw new Error(`no ${site}`);
      const head = all.axes[0] === "head" || all.axes[0] === "kv_head" ? n % 12 : null;
      const derived = model.derive({ input: cut.input, edits: [], site, head });
      const expected = head === null ? all : first(all, head);
      expect(different({ logits: derived }, { logits: expected }), `${site} ${head}`).toEqual([]);
    }

    const request = {
      model: "large",
      input: cut.input,
      edits: [],
      tokens: trace.tokens,
      decoderTokens: null,
    };
    const layer = layerHeads(model, { ...request, site: SITE });
    const all = whole.sites[SITE];
    if (all === undefined) throw new Error("no pattern");
    expect(layer.patterns.shape).toEqual([12, 64, 64]);
    expect(layer.patterns).toEqual(pooled(all, 64));
    expect(layer.facts).toEqual(headFacts({ ...trace, sites: { [SITE]: all } }));
  });
});

describe("the passes of a model", () => {
  const small = specOf({ name: "small", layers: 2, heads: 2, dModel: 8, vocab: 50 });
  const open = () => prepare(small, randomWeights(small), createPlainKernels());

  test("typing on gives bit for bit what a pass from the start gives", () => {
    const passes = createPasses(open());
    for (const ids of [[1, 2, 3], [1, 2, 3, 4], [1, 2, 9, 4, 5], [7]]) {
      expect(passes.run({ ids }, [])).toEqual(run(open(), { ids }, { capture: "all" }).sites);
    }
  });

  test("what has moved to the page, memory and all, is missed by no later pass and by no stage", () => {
    const passes = createPasses(open());
    const edits = [{ kind: "ablate", block: "blocks.0", part: "attn", head: 1 }] as const;
    const site = "blocks.1.attn.hook_pattern";
    const chain = [[1, 2, 3], [1, 2, 3, 4], [1, 2, 9, 4], [1, 2, 9, 4, 5], [7]];
    for (const [n, ids] of chain.entries()) {
      const own = n % 3 === 2 ? edits : [];
      const whole = run(open(), { ids }, { capture: "all", edits: own }).sites;
      const sites = passes.run({ ids }, own);
      expect(sites).toEqual(whole);
      const buffers = new Set(Object.values(sites).map((tensor) => tensor?.data.buffer as ArrayBuffer));
      // The first pass finds nothing prepared, each later one a block for most of its sites.
      expect(buffers.size < Object.keys(sites).length / 2).toBe(n > 0);
      structuredClone(null, { transfer: [...buffers] });
      passes.prepare();
      expect(passes.derive({ ids }, own, site, null)).toEqual(whole[site]);
      passes.prepare();
    }
  });

  test("a large vocabulary is read at the last position alone where no more is looked at, and at all of them on demand", () => {
    const spec = specOf({ name: "wide", layers: 1, heads: 2, dModel: 8, vocab: 20_000 });
    const model = () => prepare(spec, randomWeights(spec), createPlainKernels());
    const passes = createPasses(model());
    for (const ids of [
      [1, 2, 3],
      [1, 2, 3, 4],
      [1, 9, 3, 4],
    ]) {
      const whole = run(model(), { ids }, { capture: "all" }).sites;
      const { logits, ...others } = passes.run({ ids }, [], "last");
      expect(others).toEqual({ ...whole, logits: undefined });
      expect(logits?.shape).toEqual([1, 20_000]);
      expect(logits?.data).toEqual(whole.logits?.data.slice(-20_000));
      expect(passes.derive({ ids }, [], "logits", null)).toEqual(whole.logits);
      expect(passes.run({ ids }, []).logits).toEqual(whole.logits);
    }
  });

  test("a small vocabulary is read at every position, whatever is looked at", () => {
    const passes = createPasses(open());
    expect(passes.run({ ids: [1, 2, 3] }, [], "last").logits?.shape).toEqual([3, 50]);
  });

  test("a stage of an edited pass, and of a pass that is no longer the last, is that pass's own", () => {
    const passes = createPasses(open());
    const edits = [{ kind: "ablate", block: "blocks.0", part: "attn", head: 1 }] as const;
    passes.run({ ids: [1, 2, 3] }, edits);
    passes.run({ ids: [4, 5] }, []);
    const site = "blocks.1.attn.hook_pattern";
    const edited = run(open(), { ids: [1, 2, 3] }, { capture: "all", edits }).sites[site];
    expect(passes.derive({ ids: [1, 2, 3] }, edits, site, null)).toEqual(edited);
    const plain = run(open(), { ids: [4, 5] }, { capture: "all" }).sites[site];
    expect(passes.derive({ ids: [4, 5] }, [], site, null)).toEqual(plain);
  });

  test("what was derived is a copy: the pass can be asked again after it has moved", () => {
    const passes = createPasses(open());
    passes.run({ ids: [1, 2] }, []);
    const site = "blocks.0.attn.hook_q";
    const first = passes.derive({ ids: [1, 2] }, [], site, 0);
    const again = structuredClone(first);
    first.data.fill(0);
    expect(passes.derive({ ids: [1, 2] }, [], site, 0)).toEqual(again);
  });
});

test("a thumbnail keeps the largest of the cells that it stands for", () => {
  const data = Float32Array.from({ length: 16 }, (_, at) => at / 16);
  const small = pooled({ data, shape: [1, 4, 4], axes: ["head", "query_pos", "key_pos"] }, 2);
  expect(small).toEqual({
    data: Float32Array.of(5 / 16, 7 / 16, 13 / 16, 15 / 16),
    shape: [1, 2, 2],
    axes: ["head", "query_pos", "key_pos"],
  });
});
