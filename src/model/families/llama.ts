import type { MaskSpec, ModelSpec } from "../../engine/spec";
import { type Config, unsupported } from "../config";
import { type WeightMap, WeightMapBuilder } from "../weightMap";
import {
  attention,
  blockOf,
  type Family,
  type HeadName,
  headsOf,
  layersOf,
  noPruning,
  onlyLayers,
  PLAIN_LM,
  sequenceHead,
  specialIds,
  tokenEmbed,
} from "./family";
import { rotary } from "./rotary";

const HEADS: Readonly<Record<string, readonly HeadName[]>> = {
  ForCausalLM: ["lm"],
  Model: [],
  ForSequenceClassification: ["sequence"],
  ForTokenClassification: ["token"],
};

const ARCHITECTURES = Object.fromEntries(
  ["Llama", "Mistral", "Qwen2"].flatMap((name) =>
    Object.entries(HEADS).map(([head, heads]) => [`${name}${head}`, heads]),
  ),
);

/**
 * Llama (Touvron et al. 2023), Mistral (Jiang et al. 2023), Qwen2 (Yang et al. 2024): pre-norm with RMSNorm, rotary
 * positions, grouped queries, a gated SiLU. Mistral and Qwen2 may look through a sliding window.
 */
export const llama: Family = {
  modelTypes: ["llama", "mistral", "qwen2"],
  architectures: ARCHITECTURES,
  toSpec,
  weightMap,
  ignored: [/rotary_emb\.inv_freq$/, /^lm_head\.weight$/],
};

/** What each model type takes where its config is silent. */
const DEFAULTS = {
  llama: { vocab: 32000, width: 4096, mlp: 11008, heads: 32, kvHeads: null, layers: 32, context: 2048 },
  mistral: { vocab: 32000, width: 4096, mlp: 14336, heads: 32, kvHeads: 8, layers: 32, context: 131072 },
  qwen2: { vocab: 151936, width: 4096, mlp: 22016, heads: 32, kvHeads: 32, layers: 32, context: 32768 },
} as const;

function typeOf(config: Config): keyof typeof DEFAULTS {
  return config.oneOf(
    "model_type",
    config.strings("architectures")?.[0]?.startsWith("Mistral") ? "mistral" : "llama",
    {
      llama: "llama",
      mistral: "mistral",
      qwen2: "qwen2",
    } as const,
  );
}

function toSpec(config: Config): ModelSpec {
  noPruning(config);
  const type = typeOf(config);
  const defaults = DEFAULTS[type];
  const dModel = config.int("hidden_size", defaults.width);
  const nHeads = config.int("num_attention_heads", defaults.heads);
  const nKvHeads = config.int("num_key_value_heads", defaults.kvHeads ?? nHeads);
  if (nHeads % nKvHeads !== 0) throw config.bad("num_key_value_heads", `a divisor of ${nHeads}`);
  const dHead = config.int("head_dim", Math.floor(dModel / nHeads));
  const norm = { kind: "rms", eps: config.number("rms_norm_eps", 1e-6) } as const;
  const context = config.int("max_position_embeddings", defaults.context);
  const positions = rotary(config, dHead, {
    thetaKeys: ["rope_theta"],
    fraction: 1,
    fractionKeys: ["partial_rotary_factor"],
  });
  const mlp = {
    dMlp: config.int("intermediate_size", defaults.mlp),
    activation: config.activation("hidden_act", "silu"),
    gated: true,
  };
  const count = config.layers("num_hidden_layers", defaults.layers);
  const masks = masksOf(config, type, count);
  return {
    family: type,
    context,
    stacks: [
      {
        name: "blocks",
        dModel,
        embed: tokenEmbed({
          vocab: config.int("vocab_size", defaults.vocab),
          width: dModel,
          positions: { kind: "none" },
        }),
        layers: layersOf(count, (layer) => {
          const attn = attention({ nHeads, nKvHeads, dHead, positions, mask: masks(layer) });
          return blockOf(layer, { norm, place: "pre", attn, mlp });
        }),
        finalNorm: norm,
      },
    ],
    heads: headsOf(config, ARCHITECTURES, {
      lm: () => PLAIN_LM,
      sequence: () => sequenceHead(config.labels(), "last", null),
      token: () => ({ kind: "token", labels: config.labels() }),
    }),
    ids: specialIds(config, type === "qwen2" ? {} : { bos: 1, eos: 2 }),
  };
}

/** The mask of each layer: causal, or a causal window. */
function masksOf(config: Config, type: keyof typeof DEFAULTS, layers: number): (layer: number) => MaskSpec {
  const causal: MaskSpec = { kind: "causal" };
  const off = Object.hasOwn(config.json, "sliding_window") && !config.has("sliding_window");
  if (type === "llama" || off || (type === "qwen2" && !config.flag("use_sliding_window", false))) {
    return () => causal;
  }
  const windowed: MaskSpec = { kind: "window", size: config.int("sliding_window", 4096), causal: true };
  const types = config.strings("layer_types");
  if (types !== null) {
    if (types.length !== layers) throw config.bad("layer_types", `a list of ${layers}`);
    return (layer) => {
      const kind = types[layer] ?? "";
      if (kind === "sliding_attention") return windowed;
      if (kind === "full_attention") return causal;
      throw unsupported("layer_types", kind, "full_attention, sliding_attention");
    };
  }
  const from = type === "qwen2" ? config.number("max_window_layers", 28) : 0;
  return (layer) => (layer >= from ? windowed : causal);
}

function weightMap(spec: ModelSpec, config: Config): WeightMap {
  const to = new WeightMapBuilder(["model.", ""]);
  const type = typeOf(config);
  const bias = (on: boolean, name: string) => (on ? name : null);
  const projections = type === "qwen2" || (type === "llama" && config.flag("attention_bias", false));
  const output = type === "llama" && projections;
  const mlp = type === "llama" && config.flag("mlp_bias", false);
  to.plain("embed.W_E", "embed_tokens.weight");
  for (const layer of onlyLayers(spec).keys()) {
    const [from, into] = [`layers.${layer}`, `blocks.${layer}`];
    to.plain(`${into}.ln1.w`, `${from}.input_layernorm.weight`);
    to.plain(`${into}.ln2.w`, `${from}.post_attention_layernorm.weight`);
    for (const letter of ["Q", "K", "V"]) {
      const name = `${from}.self_attn.${letter.toLowerCase()}_proj`;
      to.linear(`${into}.attn.W_${letter}`, bias(projections, `${into}.attn.b_${letter}`), name);
    }
    to.linear(`${into}.attn.W_O`, bias(output, `${into}.attn.b_O`), `${from}.self_attn.o_proj`);
    to.linear(`${into}.mlp.W_gate`, bias(mlp, `${into}.mlp.b_gate`), `${from}.mlp.gate_proj`);
    to.linear(`${into}.mlp.W_in`, bias(mlp, `${into}.mlp.b_in`), `${from}.mlp.up_proj`);
    to.linear(`${into}.mlp.W_out`, bias(mlp, `${into}.mlp.b_out`), `${from}.mlp.down_proj`);
  }
  to.plain("ln_final.w", "norm.weight");
  const tied = config.flag("tie_word_embeddings", false) ? to.named("embed_tokens.weight") : [];
  to.set("unembed.W_U", { names: [...tied, "lm_head.weight"], layout: "out_in" });
  to.set("classifier.W", { names: ["score.weight"], layout: "out_in" });
  to.set("classifier.b", { names: ["score.bias"], layout: "in_out", optional: true });
  return to.map;
}
