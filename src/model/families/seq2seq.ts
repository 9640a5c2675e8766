import type { BlockSpec, InputPositions, ModelSpec, NormSpec, StackSpec } from "../../engine/spec";
import type { Config } from "../config";
import { type WeightMap, WeightMapBuilder } from "../weightMap";
import { attention, blockOf, evenHead, layersOf, tokenEmbed } from "./family";

/** In what the descendants of BART differ. */
export interface Seq2SeqDesign {
  readonly place: "pre" | "post";
  /** layernorm_embedding, after the sum of the embeddings. */
  readonly embeddingNorm: boolean;
  /** layer_norm at the end of each stack. */
  readonly finalNorm: boolean;
  /** Learned tables begin with this many rows that no position uses; null: sinusoids, sines first. */
  readonly learnedOffset: number | null;
}

const NORM: NormSpec = { kind: "layer", eps: 1e-5 };

/** Context and the two stacks of BART, mBART, Marian and Pegasus. */
export function seq2seqStacks(
  config: Config,
  design: Seq2SeqDesign,
): { readonly context: number; readonly stacks: readonly [StackSpec, StackSpec] } {
  const dModel = config.int(["d_model", "hidden_size"], 1024);
  const context = config.int("max_position_embeddings", 1024);
  const { learnedOffset } = design;
  const positions: InputPositions =
    learnedOffset === null
      ? { kind: "sinusoidal", layout: "halves", base: 10000 }
      : { kind: "learned", offset: learnedOffset, length: context + learnedOffset, skipId: null };
  const vocab = config.int("vocab_size");
  const stack = (name: "encoder" | "decoder"): StackSpec => ({
    name,
    dModel,
    embed: tokenEmbed({
      vocab: name === "decoder" ? config.int("decoder_vocab_size", vocab) : vocab,
      width: dModel,
      scale: config.flag("scale_embedding", false) ? Math.sqrt(dModel) : 1,
      positions,
      norm: design.embeddingNorm ? NORM : null,
    }),
    layers: layersOf(config.layers(`${name}_layers`, 12), (layer) =>
      blockOf(layer, seq2seqBlock(config, name, dModel, design.place)),
    ),
    finalNorm: design.finalNorm ? NORM : null,
  });
  return { context, stacks: [stack("encoder"), stack("decoder")] };
}

function seq2seqBlock(
  config: Config,
  name: "encoder" | "decoder",
  dModel: number,
  place: "pre" | "post",
): Omit<BlockSpec, "weightsOf" | "parallel" | "residual"> {
  const key = `${name}_attention_heads`;
  const nHeads = config.int(key, 16);
  const dHead = evenHead(dModel, nHeads, "d_model", key);
  const plain = attention({ nHeads, dHead, mask: { kind: "none" } });
  return {
    norm: NORM,
    place,
    attn: name === "encoder" ? plain : { ...plain, mask: { kind: "causal" } },
    cross: name === "encoder" ? null : plain,
    mlp: {
      dMlp: config.int(`${name}_ffn_dim`, 4096),
      activation: config.activation("activation_function", "gelu"),
      gated: false,
    },
  };
}

/** The weights of both stacks and of the language-model head. */
export function seq2seqWeights(spec: ModelSpec, config: Config): WeightMap {
  const to = new WeightMapBuilder(["model.", ""]);
  const shared = config.flag("share_encoder_decoder_embeddings", true) ? ["shared.weight"] : [];
  for (const { name, layers } of spec.stacks) {
    to.plain(`${name}.embed.W_E`, ...shared, `${name}.embed_tokens.weight`, "shared.weight");
    to.plain(`${name}.pos_embed.W_pos`, `${name}.embed_positions.weight`);
    to.norm(`${name}.embed.ln`, `${name}.layernorm_embedding`);
    to.norm(`${name}.ln_final`, `${name}.layer_norm`);
    for (const layer of layers.keys()) seq2seqLayer(to, name, layer);
  }
  const tied = config.flag("tie_word_embeddings", true)
    ? to.named(...shared, "decoder.embed_tokens.weight", "shared.weight")
    : [];
  to.set("unembed.W_U", { names: [...tied, "lm_head.weight"], layout: "out_in" });
  to.set("unembed.b_U", { names: ["final_logits_bias", "lm_head.bias"], layout: "in_out", optional: true });
  return to.map;
}

function seq2seqLayer(to: WeightMapBuilder, stack: string, layer: number): void {
  const [from, into] = [`${stack}.layers.${layer}`, `${stack}.${layer}`];
  const attentions = [
    ["attn", "self_attn", "ln1"],
    ...(stack === "decoder" ? [["cross_attn", "encoder_attn", "ln2"]] : []),
  ];
  for (const [place = "", name = "", norm = ""] of attentions) {
    to.linear(`${into}.${place}.W_Q`, `${into}.${place}.b_Q`, `${from}.${name}.q_proj`);
    to.linear(`${into}.${place}.W_K`, `${into}.${place}.b_K`, `${from}.${name}.k_proj`);
    to.linear(`${into}.${place}.W_V`, `${into}.${place}.b_V`, `${from}.${name}.v_proj`);
    to.linear(`${into}.${place}.W_O`, `${into}.${place}.b_O`, `${from}.${name}.out_proj`);
    to.norm(`${into}.${norm}`, `${from}.${name}_layer_norm`);
  }
  to.linear(`${into}.mlp.W_in`, `${into}.mlp.b_in`, `${from}.fc1`);
  to.linear(`${into}.mlp.W_out`, `${into}.mlp.b_out`, `${from}.fc2`);
  to.norm(`${into}.${stack === "decoder" ? "ln3" : "ln2"}`, `${from}.final_layer_norm`);
}

/** Beside the weights, files of this lineage may hold copies of the shared table and computed positions. */
export const SEQ2SEQ_IGNORED: readonly RegExp[] = [
  /embed_positions\.weights?$/,
  /(encoder|decoder)\.embed_tokens\.weight$/,
  /^final_logits_bias$/,
  /^lm_head\./,
];
