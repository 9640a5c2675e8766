import { describe, expect, it } from "vitest";
import { run } from "../../src/engine/forward";
import { createPlainKernels } from "../../src/engine/kernels/plain";
import { prepare } from "../../src/engine/prepare";
import type { Trace } from "../../src/engine/trace";
import { loadModel } from "../../src/model/load";
import { writeSafetensors } from "../../src/model/safetensorsWriter";
import { readAnyTrace, readTrace, writeTrace } from "../../src/model/traceFile";
import { problemOf, problemOfAsync } from "./support/problems";
import { TINY_CONFIG, TINY_TOKENIZER, tinyWeights } from "./support/tinyModel";

async function tinyTrace(): Promise<Trace> {
  const files = [
    new File([JSON.stringify(TINY_CONFIG)], "config.json"),
    new File([JSON.stringify(TINY_TOKENIZER)], "tokenizer.json"),
    new File([tinyWeights()], "model.safetensors"),
  ];
  const { id, spec, weights, tokenizer } = await loadModel({ kind: "files", id: "tiny", files });
  const tokens = tokenizer?.encode("ab ab!").tokens ?? [];
  const { sites } = run(
    prepare(spec, weights, createPlainKernels()),
    { ids: tokens.map((token) => token.id) },
    { capture: "all" },
  );
  return { modelId: id, spec, tokens, decoderTokens: null, sites };
}

describe("a trace", () => {
  it("is read back exactly as it was written, masked scores and all", async () => {
    const trace = await tinyTrace();
    expect(trace.spec.stacks[0]?.layers[0]?.attn.maskValue).toBe(Number.NEGATIVE_INFINITY);
    expect(readTrace(writeTrace(trace), "t")).toEqual(trace);
  });

  it("keeps the decoder's tokens", async () => {
    const trace = await tinyTrace();
    const both = { ...trace, decoderTokens: trace.tokens.slice(1) };
    expect(readTrace(writeTrace(both), "t").decoderTokens).toEqual(both.decoderTokens);
  });

  it("in F16 with chosen sites is small and near", async () => {
    const trace = await tinyTrace();
    const small = readTrace(writeTrace(trace, { dtype: "F16", sites: ["*.hook_pattern"] }), "t");
    expect(Object.keys(small.sites)).toEqual(["blocks.0.attn.hook_pattern"]);
    const exact = trace.sites["blocks.0.attn.hook_pattern"]?.data ?? [];
    const near = small.sites["blocks.0.attn.hook_pattern"]?.data ?? [];
    expect(near).toHaveLength(exact.length);
    for (const [i, value] of Array.from(near).entries()) expect(value).toBeCloseTo(exact[i] ?? Number.NaN, 3);
  });
});

const pattern = (...rows: number[]) => Float32Array.from(rows);
/** Two heads over two tokens, causal. */
const CAUSAL = pattern(1, 0, 0.5, 0.5, 1, 0, 0.25, 0.75);

describe("attention patterns from anyone's Python", () => {
  const tokens = JSON.stringify(["a", " b"]);

  it.each([
    [
      "one tensor per layer",
      [
        ["attentions.0", [2, 2, 2]],
        ["attentions.1", [2, 2, 2]],
      ],
    ],
    [
      "a batch of one",
      [
        ["attentions.0", [1, 2, 2, 2]],
        ["attentions.1", [1, 2, 2, 2]],
      ],
    ],
    [
      "bare numbers",
      [
        ["0", [2, 2, 2]],
        ["1", [2, 2, 2]],
      ],
    ],
    [
      "site names",
      [
        ["blocks.0.attn.hook_pattern", [2, 2, 2]],
        ["blocks.1.attn.hook_pattern", [2, 2, 2]],
      ],
    ],
  ] as const)("as %s are a trace of two layers", async (_, entries) => {
    const bytes = writeSafetensors(
      entries.map(([name, shape]) => ({ name, shape, data: CAUSAL })),
      { tokens },
    );
    const trace = await readAnyTrace(bytes, "mine");
    expect(trace.modelId).toBe("mine");
    expect(trace.tokens).toEqual([
      { id: 0, text: "a", start: 0, end: 1, word: 0, special: false },
      { id: 1, text: " b", start: 1, end: 3, word: 1, special: false },
    ]);
    expect(trace.spec.stacks[0]?.layers.map(({ attn }) => [attn.nHeads, attn.mask.kind])).toEqual([
      [2, "causal"],
      [2, "causal"],
    ]);
    expect(trace.sites["blocks.1.attn.hook_pattern"]).toEqual({
      data: CAUSAL,
      shape: [2, 2, 2],
      axes: ["head", "query_pos", "key_pos"],
    });
  });

  it("as one tensor of all layers, without tokens, count their tokens", async () => {
    const data = Float32Array.from([...CAUSAL, ...CAUSAL]);
    const trace = await readAnyTrace(
      writeSafetensors([{ name: "attentions", shape: [2, 2, 2, 2], data }], {}),
      "mine",
    );
    expect(trace.tokens.map(({ text }) => text)).toEqual(["0", "1"]);
    expect(Object.keys(trace.sites)).toEqual(["blocks.0.attn.hook_pattern", "blocks.1.attn.hook_pattern"]);
  });

  it("of an encoder–decoder keep its three attentions apart", async () => {
    const of = (name: string, queries: number, keys: number) => ({
      name,
      shape: [1, 1, queries, keys],
      data: new Float32Array(queries * keys).fill(1 / keys),
    });
    const bytes = writeSafetensors(
      [of("encoder_attentions", 3, 3), of("decoder_attentions", 2, 2), of("cross_attentions", 2, 3)],
      {},
    );
    const trace = await readAnyTrace(bytes, "mine");
    expect([trace.tokens.length, trace.decoderTokens?.length]).toEqual([3, 2]);
    expect(Object.keys(trace.sites).sort()).toEqual([
      "decoder.0.attn.hook_pattern",
      "decoder.0.cross_attn.hook_pattern",
      "encoder.0.attn.hook_pattern",
    ]);
  });

  it.each([
    ["no patterns", "weights", [2, 2, 2], {}, "no attention patterns"],
    ["too few axes", "attentions.0", [2, 4], {}, "expected [head, query, key]"],
    ["a batch of two", "attentions.0", [2, 1, 2, 2], {}, "expected [head, query, key]"],
    ["tokens of another length", "attentions.0", [2, 2, 2], { tokens: '["a"]' }, "1 query"],
    ["tokens that are no list", "attentions.0", [2, 2, 2], { tokens: "a b" }, "JSON array of strings"],
  ] as const)("with %s say so", async (_, name, shape, metadata, words) => {
    const problem = await problemOfAsync(() =>
      readAnyTrace(writeSafetensors([{ name, shape, data: CAUSAL }], metadata), "mine"),
    );
    expect(problem.code).toBe("badTrace");
    expect(problem.message).toContain(words);
  });

  it.each([Number.NaN, -0.5, 2])("with a %d among them say where", async (value) => {
    const data = CAUSAL.slice();
    data[3] = value;
    const bytes = writeSafetensors([{ name: "attentions.0", shape: [2, 2, 2], data }], {});
    expect((await problemOfAsync(() => readAnyTrace(bytes, "mine"))).message).toContain("at index 3");
  });
});

describe("a damaged trace file", () => {
  it.each([
    ["a spec that is no JSON", { spec: "{", tokens: "[]", ids: "[]", places: "[]" }],
    ["a spec that is no spec", { spec: "{}", tokens: "[]", ids: "[]", places: "[]" }],
    [
      "tokens and ids of different lengths",
      { spec: '{"stacks":[],"heads":[]}', tokens: '["a"]', ids: "[]", places: "[]" },
    ],
  ])("with %s fails with badTrace", (_, metadata) => {
    expect(problemOf(() => readTrace(writeSafetensors([], metadata), "t")).code).toBe("badTrace");
  });
});
