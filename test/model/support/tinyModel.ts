import { writeSafetensors } from "../../../src/model/safetensorsWriter";

/** A GPT-2 of one layer, width 4, two heads, seven tokens and a context of 5: its config.json. */
export const TINY_CONFIG = {
  model_type: "gpt2",
  architectures: ["GPT2LMHeadModel"],
  vocab_size: 7,
  n_positions: 5,
  n_embd: 4,
  n_head: 2,
  n_layer: 1,
  bos_token_id: 0,
  eos_token_id: 0,
};

const SHAPES: Readonly<Record<string, readonly number[]>> = {
  "transformer.wte.weight": [7, 4],
  "transformer.wpe.weight": [5, 4],
  "transformer.h.0.ln_1.weight": [4],
  "transformer.h.0.ln_1.bias": [4],
  "transformer.h.0.attn.c_attn.weight": [4, 12],
  "transformer.h.0.attn.c_attn.bias": [12],
  "transformer.h.0.attn.c_proj.weight": [4, 4],
  "transformer.h.0.attn.c_proj.bias": [4],
  "transformer.h.0.ln_2.weight": [4],
  "transformer.h.0.ln_2.bias": [4],
  "transformer.h.0.mlp.c_fc.weight": [4, 16],
  "transformer.h.0.mlp.c_fc.bias": [16],
  "transformer.h.0.mlp.c_proj.weight": [16, 4],
  "transformer.h.0.mlp.c_proj.bias": [4],
  "transformer.ln_f.weight": [4],
  "transformer.ln_f.bias": [4],
};

export interface TinyTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Its tensors; entry i of every tensor is (i mod 11)/10 − ½. */
export function tinyTensors(): TinyTensor[] {
  return Object.entries(SHAPES).map(([name, shape]) => ({
    name,
    shape,
    data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => (i % 11) / 10 - 0.5),
  }));
}

/** Its model.safetensors, after `change`. */
export function tinyWeights(change: (tensors: TinyTensor[]) => TinyTensor[] = (same) => same) {
  return writeSafetensors(change(tinyTensors()), { format: "pt" });
}

/** A byte-level tokenizer of seven pieces: a b Ġ ab Ġab ! and the end of text. */
export const TINY_TOKENIZER = {
  added_tokens: [{ id: 0, content: "<|endoftext|>", special: true, normalized: false }],
  normalizer: null,
  pre_tokenizer: { type: "ByteLevel", add_prefix_space: false, use_regex: true },
  post_processor: null,
  decoder: { type: "ByteLevel" },
  model: {
    type: "BPE",
    vocab: { "<|endoftext|>": 0, a: 1, b: 2, Ġ: 3, ab: 4, Ġab: 5, "!": 6 },
    merges: ["a b", "Ġ ab"],
  },
};
