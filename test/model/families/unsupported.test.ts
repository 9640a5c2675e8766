import { describe, expect, it } from "vitest";
import type { MaskSpec } from "../../../src/engine/spec";
import { FAMILIES, readConfig } from "../../../src/model/families/registry";
import type { JsonObject } from "../../../src/model/json";
import { problemOf } from "../support/problems";
import { PUBLISHED } from "./configs";

const failing = (name: keyof typeof PUBLISHED, changes: JsonObject) =>
  problemOf(() => readConfig({ ...PUBLISHED[name], ...changes }));

describe("what cannot be run is named by its key, its value and what can:", () => {
  it.each([
    ["bert-base-uncased", { is_decoder: true }, "is_decoder", "true"],
    [
      "bert-base-uncased",
      { position_embedding_type: "relative_key" },
      "position_embedding_type",
      "relative_key",
    ],
    ["bert-base-uncased", { hidden_act: "mish" }, "hidden_act", "mish"],
    ["bert-base-uncased", { pruned_heads: { "0": [1] } }, "pruned_heads", '{"0":[1]}'],
    ["gpt2", { add_cross_attention: true }, "add_cross_attention", "true"],
    ["gpt2", { activation_function: "gelu_10" }, "activation_function", "gelu_10"],
    ["gpt2", { quantization_config: { bits: 4 } }, "quantization_config", '{"bits":4}'],
    ["openai-gpt", { afn: "gelu_new" }, "afn", "gelu_new"],
    ["albert-base-v2", { inner_group_num: 2 }, "inner_group_num", "2"],
    ["opus-mt-en-de", { normalize_before: true }, "normalize_before", "true"],
    ["pegasus-xsum", { normalize_before: false }, "normalize_before", "false"],
    ["t5-small", { feed_forward_proj: "gated-swishy" }, "feed_forward_proj", "gated-swishy"],
    ["Llama-3.2-1B", { rope_scaling: { rope_type: "yarn", factor: 4 } }, "rope_scaling.rope_type", "yarn"],
    ["Llama-3.2-1B", { rope_parameters: { rope_type: "longrope" } }, "rope_scaling.rope_type", "longrope"],
    [
      "Qwen2.5-0.5B",
      { use_sliding_window: true, layer_types: Array.from({ length: 24 }, () => "linear_attention") },
      "layer_types",
      "linear_attention",
    ],
  ] as const)("%s with %j", (name, changes, key, value) => {
    const problem = failing(name, changes);
    expect(problem).toMatchObject({ code: "unsupportedFeature", params: { key, value } });
    expect(problem.message).toContain(key);
  });
});

describe("an unknown architecture is named with those that are known:", () => {
  it.each([
    [{ model_type: "mixtral", architectures: ["MixtralForCausalLM"] }, "mixtral"],
    [{ model_type: "gpt2moe" }, "gpt2moe"],
    [{}, "(no model_type)"],
    [{ architectures: ["WhisperModel"] }, "WhisperModel"],
  ])("%j", (config, got) => {
    const problem = problemOf(() => readConfig(config));
    expect(problem).toMatchObject({
      code: "unknownArchitecture",
      params: { got, known: FAMILIES.flatMap(({ modelTypes }) => modelTypes) },
    });
  });

  it("a known type with a head that is not", () => {
    expect(failing("bert-base-uncased", { architectures: ["BertForQuestionAnswering"] })).toMatchObject({
      code: "unknownArchitecture",
      params: { got: "BertForQuestionAnswering" },
    });
  });
});

describe("a value that cannot be meant is told by its key:", () => {
  it.each([
    ["gpt2", { n_layer: 0 }, "n_layer"],
    ["gpt2", { n_layer: 1e9 }, "n_layer"],
    ["gpt2", { n_embd: 770 }, "n_embd"],
    ["gpt2", { n_head: "twelve" }, "n_head"],
    ["gpt2", { layer_norm_epsilon: "small" }, "layer_norm_epsilon"],
    ["gpt2", { scale_attn_weights: 1 }, "scale_attn_weights"],
    ["gpt2", { architectures: "GPT2LMHeadModel" }, "architectures"],
    ["roberta-base", { max_position_embeddings: 2 }, "max_position_embeddings"],
    ["Llama-3.2-1B", { num_key_value_heads: 5 }, "num_key_value_heads"],
    ["Llama-3.2-1B", { rope_scaling: "none" }, "rope_scaling"],
    ["vit-base-patch16-224", { image_size: 225 }, "image_size"],
    ["vit-base-patch16-224", { patch_size: [16, 8] }, "patch_size"],
    ["opus-mt-en-de", { vocab_size: null }, "vocab_size"],
  ] as const)("%s with %j", (name, changes, key) => {
    expect(failing(name, changes)).toMatchObject({ code: "badConfig", params: { key } });
  });
});

describe("what a config may say in several ways", () => {
  const masks = (changes: JsonObject): readonly MaskSpec[] =>
    readConfig({ ...PUBLISHED["Qwen2.5-0.5B"], ...changes }).spec.stacks[0]?.layers.map(
      ({ attn }) => attn.mask,
    ) ?? [];

  it("Qwen2's windows begin at max_window_layers when they are switched on", () => {
    const kinds = masks({ use_sliding_window: true, max_window_layers: 22 }).map(({ kind }) => kind);
    expect(kinds).toEqual([...Array.from({ length: 22 }, () => "causal"), "window", "window"]);
  });

  it("layer_types overrides max_window_layers", () => {
    const types = Array.from({ length: 24 }, (_, i) =>
      i % 2 === 0 ? "sliding_attention" : "full_attention",
    );
    const kinds = masks({ use_sliding_window: true, layer_types: types }).map(({ kind }) => kind);
    expect(kinds).toEqual(types.map((type) => (type === "sliding_attention" ? "window" : "causal")));
  });

  it("a null sliding_window switches Mistral's window off, and leaving it out does not", () => {
    const kindOf = (config: JsonObject) => readConfig(config).spec.stacks[0]?.layers[0]?.attn.mask.kind;
    const { sliding_window: _, ...without } = PUBLISHED["Mistral-7B-v0.1"];
    expect(kindOf({ ...without, sliding_window: null })).toBe("causal");
    expect(kindOf(without)).toBe("window");
  });

  it("rope_parameters says the same as rope_theta and rope_scaling", () => {
    const { rope_theta, rope_scaling, ...rest } = PUBLISHED["Llama-3.2-1B"];
    const newer = readConfig({ ...rest, rope_parameters: { ...rope_scaling, rope_theta } });
    expect(newer.spec).toEqual(readConfig(PUBLISHED["Llama-3.2-1B"]).spec);
  });

  it("a linear rope scaling divides every frequency", () => {
    const positions = (rope_scaling: JsonObject | null) => {
      const config = { ...PUBLISHED["Mistral-7B-v0.1"], rope_scaling };
      const found = readConfig(config).spec.stacks[0]?.layers[0]?.attn.positions;
      if (found?.kind !== "rotary") throw new Error("no rotary positions");
      return found.inverseFrequencies;
    };
    expect(positions({ type: "linear", factor: 4 })).toEqual(
      positions(null).map((frequency) => frequency / 4),
    );
  });

  it("a config without model_type is known by its architecture", () => {
    const { model_type: _, ...rest } = PUBLISHED["bert-base-uncased"];
    expect(readConfig(rest).spec).toEqual(readConfig(PUBLISHED["bert-base-uncased"]).spec);
  });

  it("an end of text that is a list means its first", () => {
    expect(readConfig({ ...PUBLISHED["Llama-3.2-1B"], eos_token_id: [128001, 128008] }).spec.ids.eos).toBe(
      128001,
    );
  });

  it("GPT-2's scale may be switched off, or divided by the layer", () => {
    const scales = (changes: JsonObject) =>
      readConfig({ ...PUBLISHED.gpt2, ...changes })
        .spec.stacks[0]?.layers.slice(0, 3)
        .map(({ attn }) => attn.scale);
    expect(scales({ scale_attn_weights: false })).toEqual([1, 1, 1]);
    expect(scales({ scale_attn_by_inverse_layer_idx: true })).toEqual([1 / 8, 1 / 16, 1 / 24]);
  });
});

describe("every family", () => {
  it("has its own model types and architecture names, and a spec that survives structuredClone", () => {
    const types = FAMILIES.flatMap(({ modelTypes }) => modelTypes);
    const names = FAMILIES.flatMap(({ architectures }) => Object.keys(architectures));
    expect(new Set(types).size).toBe(types.length);
    expect(new Set(names).size).toBe(names.length);
    for (const config of Object.values(PUBLISHED)) {
      const { spec } = readConfig(config);
      expect(structuredClone(spec)).toEqual(spec);
    }
  });
});
