import type {
  Activation,
  AttentionPositions,
  AttentionSpec,
  MlpSpec,
  ModelSpec,
  StackSpec,
} from "../../engine/spec";
import type { Config } from "../config";
import { type WeightMap, WeightMapBuilder } from "../weightMap";
import { attention, blockOf, type Family, headsOf, layersOf, specialIds, tokenEmbed } from "./family";

/**
 * T5 (Raffel et al. 2020): pre-norm with RMSNorm, no biases, no 1/√d_head; a relative bias per bucket, whose table
 * belongs to the first layer of each stack. T5's output reads d_model^−½ times the last stream; T5 1.1's and mT5's does
 * not: `scale_decoder_outputs` in newer configs, `tie_word_embeddings` in older ones, which newer ones always set.
 */
export const t5: Family = {
  modelTypes: ["t5", "mt5"],
  architectures: {
    T5ForConditionalGeneration: ["lm"],
    T5WithLMHeadModel: ["lm"],
    T5Model: [],
    MT5ForConditionalGeneration: ["lm"],
    MT5Model: [],
  },
  toSpec,
  weightMap,
  ignored: [
    /(encoder|decoder)\.embed_tokens\.weight$/,
    /^decoder\.block\.0\.layer\.1\.EncDecAttention\.relative_attention_bias\.weight$/,
    /^lm_head\.weight$/,
  ],
};

/** feed_forward_proj: the activation, and whether it gates; "gated-gelu" means the tanh form. */
const MLPS: Readonly<Record<string, { readonly activation: Activation; readonly gated: boolean }>> = {
  relu: { activation: "relu", gated: false },
  gelu: { activation: "gelu", gated: false },
  gelu_new: { activation: "gelu_tanh", gated: false },
  silu: { activation: "silu", gated: false },
  "gated-gelu": { activation: "gelu_tanh", gated: true },
  "gated-gelu_new": { activation: "gelu_tanh", gated: true },
  "gated-silu": { activation: "silu", gated: true },
  "gated-relu": { activation: "relu", gated: true },
};

/** mT5 has other defaults than T5 for what a config may leave out. */
function defaultsOf(config: Config): {
  readonly proj: string;
  readonly tied: boolean;
  readonly width: number;
} {
  return isMt5(config)
    ? { proj: "gated-gelu", tied: false, width: 512 }
    : { proj: "relu", tied: true, width: 512 };
}

function isMt5(config: Config): boolean {
  return config.text("model_type", "t5") === "mt5";
}

function toSpec(config: Config): ModelSpec {
  const defaults = defaultsOf(config);
  const dModel = config.int(["d_model", "hidden_size"], defaults.width);
  const tied = config.flag("tie_word_embeddings", defaults.tied);
  const scaled = !isMt5(config) && config.flag("scale_decoder_outputs", tied);
  const layers = config.layers(["num_layers", "num_hidden_layers"], 6);
  const mlp: MlpSpec = {
    ...config.oneOf("feed_forward_proj", defaults.proj, MLPS),
    dMlp: config.int("d_ff", 2048),
  };
  return {
    family: config.text("model_type", "t5"),
    context: config.int("n_positions", 512),
    stacks: [
      stackSpec(config, "encoder", dModel, layers, mlp),
      stackSpec(config, "decoder", dModel, config.layers("num_decoder_layers", layers), mlp),
    ],
    heads: headsOf(config, t5.architectures, {
      lm: () => ({ kind: "lm", transform: null, scale: scaled ? dModel ** -0.5 : 1 }),
    }),
    ids: specialIds(config, { pad: 0, eos: 1, decoderStart: 0 }),
  };
}

function stackSpec(
  config: Config,
  name: "encoder" | "decoder",
  dModel: number,
  layers: number,
  mlp: MlpSpec,
): StackSpec {
  const norm = { kind: "rms", eps: config.number("layer_norm_epsilon", 1e-6) } as const;
  const positions: AttentionPositions = {
    kind: "buckets",
    buckets: config.int("relative_attention_num_buckets", 32),
    maxDistance: config.int("relative_attention_max_distance", 128),
    bidirectional: name === "encoder",
    table: biasTable(name),
  };
  const heads = {
    nHeads: config.int(["num_heads", "num_attention_heads"], 8),
    dHead: config.int("d_kv", 64),
    scale: 1,
  };
  const plain: AttentionSpec = attention({ ...heads, mask: { kind: "none" } });
  const block = {
    norm,
    place: "pre",
    attn: attention({ ...heads, mask: { kind: name === "decoder" ? "causal" : "none" }, positions }),
    cross: name === "decoder" ? plain : null,
    mlp,
  } as const;
  return {
    name,
    dModel,
    embed: tokenEmbed({ vocab: config.int("vocab_size", 32128), width: dModel, positions: { kind: "none" } }),
    layers: layersOf(layers, (layer) => blockOf(layer, block)),
    finalNorm: norm,
  };
}

/** The relative bias of a stack, shared by its layers. [buckets, head] */
function biasTable(stack: string): string {
  return `${stack}.0.attn.W_rel`;
}

function weightMap(spec: ModelSpec, config: Config): WeightMap {
  const to = new WeightMapBuilder(["", "transformer."]);
  for (const { name, layers } of spec.stacks) {
    to.plain(`${name}.embed.W_E`, "shared.weight", `${name}.embed_tokens.weight`);
    to.plain(biasTable(name), `${name}.block.0.layer.0.SelfAttention.relative_attention_bias.weight`);
    to.plain(`${name}.ln_final.w`, `${name}.final_layer_norm.weight`);
    for (const layer of layers.keys()) layerWeights(to, name, layer);
  }
  const tied = config.flag("tie_word_embeddings", defaultsOf(config).tied);
  const shared = tied ? to.named("shared.weight", "decoder.embed_tokens.weight") : [];
  // Newer configs say "tied" of every model; a matrix of its own then lies in the file.
  const saysLittle = isMt5(config) || config.has("scale_decoder_outputs");
  const names = saysLittle ? ["lm_head.weight", ...shared] : [...shared, "lm_head.weight"];
  to.set("unembed.W_U", { names, layout: "out_in" });
  return to.map;
}

function layerWeights(to: WeightMapBuilder, stack: string, layer: number): void {
  const [from, into] = [`${stack}.block.${layer}.layer`, `${stack}.${layer}`];
  const attentions =
    stack === "encoder"
      ? [["attn", "SelfAttention"]]
      : [
          ["attn", "SelfAttention"],
          ["cross_attn", "EncDecAttention"],
        ];
  for (const [index, [place = "", name = ""]] of attentions.entries()) {
    for (const letter of ["q", "k", "v", "o"]) {
      to.linear(`${into}.${place}.W_${letter.toUpperCase()}`, null, `${from}.${index}.${name}.${letter}`);
    }
    to.plain(`${into}.ln${index + 1}.w`, `${from}.${index}.layer_norm.weight`);
  }
  const mlp = attentions.length;
  to.plain(`${into}.ln${mlp + 1}.w`, `${from}.${mlp}.layer_norm.weight`);
  to.linear(`${into}.mlp.W_gate`, null, `${from}.${mlp}.DenseReluDense.wi_0`);
  to.linear(
    `${into}.mlp.W_in`,
    null,
    `${from}.${mlp}.DenseReluDense.wi_1`,
    `${from}.${mlp}.DenseReluDense.wi`,
  );
  to.linear(`${into}.mlp.W_out`, null, `${from}.${mlp}.DenseReluDense.wo`);
}
