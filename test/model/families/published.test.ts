import { describe, expect, it } from "vitest";
import type { BlockSpec, ModelSpec, StackSpec } from "../../../src/engine/spec";
import { sizeOf } from "../../../src/engine/tensor";
import { weightNames } from "../../../src/engine/weights";
import { readConfig } from "../../../src/model/families/registry";
import { PUBLISHED } from "./configs";

const read = (name: keyof typeof PUBLISHED) => readConfig(PUBLISHED[name]);

/** Number of weights that the spec needs and the family's map says where to find, tied ones once. */
function parameters(name: keyof typeof PUBLISHED): number {
  const { spec, map } = read(name);
  const seen = new Set<string>();
  return weightNames(spec).reduce((sum, need) => {
    const ref = map.get(need.name);
    if (ref === undefined) return sum;
    const key = JSON.stringify([ref.names[0], ref.pick]);
    if (seen.has(key)) return sum;
    seen.add(key);
    return sum + sizeOf(need.shape);
  }, 0);
}

function stack({ stacks }: ModelSpec, index = 0): StackSpec {
  const found = stacks[index];
  if (found === undefined) throw new Error(`no stack ${index}`);
  return found;
}

function block(spec: ModelSpec, layer = 0, index = 0): BlockSpec {
  const found = stack(spec, index).layers[layer];
  if (found === undefined) throw new Error(`no layer ${layer}`);
  return found;
}

describe("a published config gives the published number of weights:", () => {
  it.each([
    ["gpt2", 124_439_808],
    ["openai-gpt", 116_534_784],
    ["t5-small", 60_506_624],
    ["t5-v1_1-small", 76_961_152],
    ["pythia-70m", 70_426_624],
    ["Mistral-7B-v0.1", 7_241_732_096],
    ["Llama-3.2-1B", 1_235_814_400],
    ["Qwen2.5-0.5B", 494_032_768],
  ] as const)("%s has %d", (name, count) => {
    expect(parameters(name)).toBe(count);
  });

  it("bert-base-uncased has 109,514,298 with its masked-LM head (without the pooler)", () => {
    expect(parameters("bert-base-uncased")).toBe(109_514_298);
  });

  it("distilbert-sst-2 has 66,955,010", () => {
    expect(parameters("distilbert-base-uncased-finetuned-sst-2-english")).toBe(66_955_010);
  });
});

describe("a published config reads as", () => {
  it("GPT-2", () => {
    const { spec } = read("gpt2");
    expect(spec.context).toBe(1024);
    expect(spec.ids).toMatchObject({ bos: 50256, eos: 50256, pad: null });
    expect(spec.heads).toEqual([{ kind: "lm", transform: null, scale: 1 }]);
    expect(stack(spec).finalNorm).toEqual({ kind: "layer", eps: 1e-5 });
    expect(stack(spec).layers).toHaveLength(12);
    expect(block(spec)).toMatchObject({
      place: "pre",
      attn: { nHeads: 12, nKvHeads: 12, dHead: 64, scale: 1 / 8, mask: { kind: "causal" } },
      mlp: { dMlp: 3072, activation: "gelu_tanh", gated: false },
    });
  });

  it("GPT: post-norm, its gelu in the tanh form, no final norm", () => {
    const { spec } = read("openai-gpt");
    expect(stack(spec).finalNorm).toBeNull();
    expect(block(spec)).toMatchObject({ place: "post", mlp: { dMlp: 3072, activation: "gelu_tanh" } });
  });

  it("BERT: post-norm, exact GELU, token types, a masked-LM head with LayerNorm", () => {
    const { spec } = read("bert-base-uncased");
    expect(stack(spec).embed).toMatchObject({
      vocab: 30522,
      types: 2,
      norm: { kind: "layer", eps: 1e-12 },
      positions: { kind: "learned", offset: 0, length: 512, skipId: null },
    });
    expect(block(spec)).toMatchObject({
      place: "post",
      attn: { mask: { kind: "none" } },
      mlp: { activation: "gelu" },
    });
    expect(spec.heads).toEqual([
      {
        kind: "lm",
        transform: { width: 768, activation: "gelu", norm: { kind: "layer", eps: 1e-12 } },
        scale: 1,
      },
    ]);
  });

  it("RoBERTa: positions from row 2 that skip padding, so 512 tokens of a table of 514", () => {
    const { spec } = read("roberta-base");
    expect(spec.context).toBe(512);
    expect(stack(spec).embed).toMatchObject({
      types: 1,
      positions: { kind: "learned", offset: 2, length: 514, skipId: 1 },
    });
  });

  it("DistilBERT for sentiment: no token types, a ReLU before its labels", () => {
    const { spec } = read("distilbert-base-uncased-finetuned-sst-2-english");
    expect(stack(spec).embed).toMatchObject({ types: 0 });
    expect(spec.heads).toEqual([
      {
        kind: "sequence",
        pool: "first",
        hidden: { activation: "relu" },
        labels: ["NEGATIVE", "POSITIVE"],
        site: "logits",
      },
    ]);
  });

  it("ALBERT: twelve layers with the weights of one, an embedding of width 128", () => {
    const { spec } = read("albert-base-v2");
    expect(stack(spec).layers.map(({ weightsOf }) => weightsOf)).toEqual(Array.from({ length: 12 }, () => 0));
    expect(stack(spec).embed).toMatchObject({ width: 128, projection: true });
    expect(spec.heads[0]).toMatchObject({ transform: { width: 128, activation: "gelu_tanh" } });
  });

  it("Marian: sines before cosines, embeddings times √512, post-norm, SiLU", () => {
    const { spec } = read("opus-mt-en-de");
    for (const index of [0, 1]) {
      expect(stack(spec, index).embed).toMatchObject({
        scale: Math.sqrt(512),
        norm: null,
        positions: { kind: "sinusoidal", layout: "halves", base: 10000 },
      });
      expect(stack(spec, index).finalNorm).toBeNull();
      expect(block(spec, 0, index)).toMatchObject({ place: "post", mlp: { activation: "silu" } });
    }
    expect(block(spec, 0, 0)).toMatchObject({ cross: null, attn: { mask: { kind: "none" } } });
    expect(block(spec, 0, 1)).toMatchObject({
      cross: { mask: { kind: "none" } },
      attn: { mask: { kind: "causal" } },
    });
    expect(spec.ids).toMatchObject({ pad: 58100, eos: 0, decoderStart: 58100 });
  });

  it("BART without a head: learned positions from row 2, a norm after the embeddings", () => {
    const { spec } = read("bart-base");
    expect(spec.heads).toEqual([]);
    expect(stack(spec, 1).embed).toMatchObject({
      scale: 1,
      norm: { kind: "layer", eps: 1e-5 },
      positions: { kind: "learned", offset: 2, length: 1026, skipId: null },
    });
  });

  it("mBART: BART with pre-norm and final norms", () => {
    const { spec } = read("mbart-large-cc25");
    expect(block(spec)).toMatchObject({ place: "pre" });
    expect(stack(spec, 1)).toMatchObject({ finalNorm: { kind: "layer" }, embed: { scale: 32 } });
  });

  it("Pegasus: pre-norm, final norms, sinusoids, ReLU", () => {
    const { spec } = read("pegasus-xsum");
    expect(block(spec)).toMatchObject({ place: "pre", mlp: { activation: "relu" } });
    expect(stack(spec, 1)).toMatchObject({
      finalNorm: { kind: "layer" },
      embed: { scale: 32, norm: null, positions: { kind: "sinusoidal", layout: "halves" } },
    });
  });

  it("T5: no scale, one table of 32 buckets per stack, a tied head times 512^−½", () => {
    const { spec } = read("t5-small");
    expect(spec.heads).toEqual([{ kind: "lm", transform: null, scale: 512 ** -0.5 }]);
    const tables = spec.stacks.map(
      ({ layers }) => new Set(layers.map(({ attn }) => JSON.stringify(attn.positions))),
    );
    expect(tables.map((table) => table.size)).toEqual([1, 1]);
    expect(block(spec, 5, 0).attn).toMatchObject({
      scale: 1,
      positions: { kind: "buckets", buckets: 32, maxDistance: 128, bidirectional: true },
    });
    expect(block(spec, 5, 1).attn.positions).toMatchObject({ bidirectional: false });
    expect(block(spec, 5, 1).cross).toMatchObject({ scale: 1, positions: { kind: "none" } });
    expect(block(spec).mlp).toEqual({ dMlp: 2048, activation: "relu", gated: false });
  });

  it("T5 v1.1: six heads of 64 in a width of 512, gated tanh-GELU, an untied head", () => {
    const { spec, map } = read("t5-v1_1-small");
    expect(block(spec).attn).toMatchObject({ nHeads: 6, dHead: 64 });
    expect(block(spec).mlp).toEqual({ dMlp: 1024, activation: "gelu_tanh", gated: true });
    expect(spec.heads[0]).toMatchObject({ scale: 1 });
    expect(map.get("unembed.W_U")?.names).toEqual(["lm_head.weight"]);
  });

  it("T5 v1.1 as transformers 5 writes it: called tied, yet with a head of its own and no scale", () => {
    const rewritten = {
      ...PUBLISHED["t5-v1_1-small"],
      tie_word_embeddings: true,
      scale_decoder_outputs: false,
    };
    const { spec, map } = readConfig(rewritten);
    expect(spec.heads[0]).toMatchObject({ scale: 1 });
    expect(map.get("unembed.W_U")?.names[0]).toBe("lm_head.weight");
  });

  it("mT5: no scale, whatever it says of tying", () => {
    const { spec, map } = readConfig({
      ...PUBLISHED["t5-small"],
      model_type: "mt5",
      tie_word_embeddings: true,
    });
    expect(spec.heads[0]).toMatchObject({ scale: 1 });
    expect(map.get("unembed.W_U")?.names.slice(0, 2)).toEqual(["lm_head.weight", "shared.weight"]);
  });

  it("Llama 3.2: grouped queries, RMSNorm, and its stretched rotary frequencies", () => {
    const { spec } = read("Llama-3.2-1B");
    const { attn, mlp, norm } = block(spec);
    expect({ attn, mlp, norm }).toMatchObject({
      attn: { nHeads: 32, nKvHeads: 8, dHead: 64, mask: { kind: "causal" } },
      mlp: { activation: "silu", gated: true },
      norm: { kind: "rms", eps: 1e-5 },
    });
    if (attn.positions.kind !== "rotary") throw new Error("no rotary positions");
    const frequencies = attn.positions.inverseFrequencies;
    expect(frequencies).toHaveLength(32);
    const plain = (i: number) => 500000 ** ((-2 * i) / 64);
    expect(frequencies[0]).toBe(1);
    expect(frequencies[31]).toBeCloseTo(plain(31) / 32, 15);
    const i = 16;
    const wavelength = (2 * Math.PI) / plain(i);
    expect(wavelength).toBeGreaterThan(8192 / 4);
    expect(wavelength).toBeLessThan(8192);
    const smooth = (8192 / wavelength - 1) / 3;
    expect(frequencies[i]).toBeCloseTo((1 - smooth) * (plain(i) / 32) + smooth * plain(i), 12);
  });

  it("Mistral: a causal window of 4,096 in every layer", () => {
    const { spec } = read("Mistral-7B-v0.1");
    const masks = new Set(stack(spec).layers.map(({ attn }) => JSON.stringify(attn.mask)));
    expect([...masks]).toEqual([JSON.stringify({ kind: "window", size: 4096, causal: true })]);
  });

  it("Qwen2.5: its window is switched off, q, k and v have biases and the output has none", () => {
    const { spec, map } = read("Qwen2.5-0.5B");
    expect(stack(spec).layers.every(({ attn }) => attn.mask.kind === "causal")).toBe(true);
    expect(map.has("blocks.0.attn.b_K")).toBe(true);
    expect(map.has("blocks.0.attn.b_O")).toBe(false);
  });

  it("Pythia: parallel residual, a quarter of each head turned", () => {
    const { spec } = read("pythia-70m");
    expect(block(spec)).toMatchObject({ parallel: true, mlp: { activation: "gelu" } });
    expect(block(spec).attn.positions).toMatchObject({ kind: "rotary", dims: 16, layout: "halves" });
  });

  it("ViT: 196 patches and a class token", () => {
    const { spec } = read("vit-base-patch16-224");
    expect(spec.context).toBe(197);
    expect(stack(spec).embed).toMatchObject({ kind: "patches", channels: 3, patch: 16 });
    expect(spec.heads).toEqual([
      {
        kind: "sequence",
        pool: "first",
        hidden: null,
        labels: ["tench, Tinca tinca", "goldfish, Carassius auratus"],
        site: "logits",
      },
    ]);
  });
});
