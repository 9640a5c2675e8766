import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { floatsToHalves } from "../../src/model/halfFloats";

/** The shape of a model in GPT-2's layout. */
export interface LongShape {
  readonly layers: number;
  readonly heads: number;
  readonly dModel: number;
  readonly context: number;
  readonly vocab: number;
}

/** As many heads as BERT-base and GPT-2 small have, over the longest text of BERT; as narrow as a test can load at once. */
export const LONG: LongShape = { layers: 12, heads: 12, dModel: 96, context: 512, vocab: 512 };

/**
 * Writes a model folder of random weights in Hugging Face's layout: config.json and model.safetensors, F16, no tokenizer,
 * so that it reads ids. Its numbers mean nothing; what it takes to draw and to hold them is that of a trained model.
 */
export function writeLongModel(folder: string, shape: LongShape = LONG): void {
  mkdirSync(folder, { recursive: true });
  const { layers, heads, dModel, context, vocab } = shape;
  const config = {
    model_type: "gpt2",
    architectures: ["GPT2LMHeadModel"],
    n_layer: layers,
    n_head: heads,
    n_embd: dModel,
    n_positions: context,
    n_ctx: context,
    vocab_size: vocab,
    activation_function: "gelu_new",
    layer_norm_epsilon: 1e-5,
    bos_token_id: 0,
    eos_token_id: 0,
    tie_word_embeddings: true,
  };
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));
  writeFileSync(join(folder, "model.safetensors"), safetensors(weightsOf(shape)));
}

type Part = readonly [name: string, shape: readonly number[], scale: number, shift: number];

/** Names and shapes of GPT-2's weights. Queries and keys are large enough for patterns that are far from even. */
function weightsOf({ layers, dModel: d, context, vocab }: LongShape): readonly Part[] {
  const block = (at: number): readonly Part[] => [
    [`h.${at}.ln_1.weight`, [d], 0, 1],
    [`h.${at}.ln_1.bias`, [d], 0, 0],
    [`h.${at}.attn.c_attn.weight`, [d, 3 * d], 2.2 / Math.sqrt(d), 0],
    [`h.${at}.attn.c_attn.bias`, [3 * d], 0.02, 0],
    [`h.${at}.attn.c_proj.weight`, [d, d], 0.3 / Math.sqrt(d), 0],
    [`h.${at}.attn.c_proj.bias`, [d], 0, 0],
    [`h.${at}.ln_2.weight`, [d], 0, 1],
    [`h.${at}.ln_2.bias`, [d], 0, 0],
    [`h.${at}.mlp.c_fc.weight`, [d, 4 * d], 1 / Math.sqrt(d), 0],
    [`h.${at}.mlp.c_fc.bias`, [4 * d], 0, 0],
    [`h.${at}.mlp.c_proj.weight`, [4 * d, d], 0.3 / Math.sqrt(d), 0],
    [`h.${at}.mlp.c_proj.bias`, [d], 0, 0],
  ];
  return [
    ["wte.weight", [vocab, d], 1, 0],
    ["wpe.weight", [context, d], 0.5, 0],
    ...Array.from({ length: layers }, (_, at) => block(at)).flat(),
    ["ln_f.weight", [d], 0, 1],
    ["ln_f.bias", [d], 0, 0],
  ];
}

function safetensors(parts: readonly Part[]): Uint8Array {
  const header: Record<string, object> = {};
  const next = random(1);
  let offset = 0;
  const data = parts.map(([name, shape, scale, shift]) => {
    const size = shape.reduce((product, length) => product * length, 1);
    header[name] = { dtype: "F16", shape, data_offsets: [offset, offset + 2 * size] };
    offset += 2 * size;
    return floatsToHalves(Float32Array.from({ length: size }, () => shift + scale * next()));
  });
  const json = new TextEncoder().encode(JSON.stringify(header));
  const padded = json.length + ((8 - (json.length % 8)) % 8);
  const bytes = new Uint8Array(8 + padded + offset).fill(0x20, 8, 8 + padded);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.set(json, 8);
  let at = 8 + padded;
  for (const halves of data) {
    bytes.set(new Uint8Array(halves.buffer), at);
    at += halves.byteLength;
  }
  return bytes;
}

/** Numbers from −1 to 1 that are the same each time (xorshift). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 31 - 1;
  };
}

/** A text of so many ids, as the page reads them for a model without a tokenizer. */
export function longText(tokens: number, vocab = LONG.vocab): string {
  return Array.from({ length: tokens }, (_, at) => (at * 37 + (at % 11) * 5) % vocab).join(" ");
}
