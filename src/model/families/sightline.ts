import { alibiSlopes, rotaryFrequencies } from "../../engine/positions";
import type {
  AttentionPositions,
  AttentionSpec,
  BlockSpec,
  InputPositions,
  ModelSpec,
  Normaliser,
  ScoreRule,
} from "../../engine/spec";
import type { Config } from "../config";
import { type WeightMap, WeightMapBuilder } from "../weightMap";
import {
  attention,
  blockOf,
  evenHead,
  type Family,
  headsOf,
  layersOf,
  onlyLayers,
  PLAIN_LM,
  plainBase,
  specialIds,
  tokenEmbed,
} from "./family";
import { conv1d, gptBlock } from "./gpt2";

/** Where the one table of T5's biases lies; layer 0 owns it. */
const RELATIVE_TABLE = "blocks.0.attn.W_rel";

/** This project's siblings: small models that differ in one mechanism. GPT-2's names and layout wherever they are the same. */
export const sightline: Family = {
  modelTypes: ["sightline"],
  architectures: { SightlineLMHeadModel: ["lm"] },
  toSpec,
  weightMap,
  ignored: [],
};

function toSpec(config: Config): ModelSpec {
  plainBase(config);
  const dModel = config.int("n_embd");
  const trained = config.int("n_positions");
  const norm = { kind: "layer", eps: config.number("layer_norm_epsilon", 1e-5) } as const;
  const place = config.oneOf("block", "pre", { pre: "pre", post: "post" } as const);
  const block = blockParts(config, dModel);
  const residual = config.flag("residual", true);
  return {
    family: "sightline",
    context: config.int("n_ctx", trained),
    stacks: [
      {
        name: "blocks",
        dModel,
        embed: tokenEmbed({
          vocab: config.int("vocab_size"),
          width: dModel,
          scale: config.flag("scale_embedding", false) ? Math.sqrt(dModel) : 1,
          positions: inputPositions(config, trained),
        }),
        layers: layersOf(config.layers("n_layer"), (layer) =>
          blockOf(layer, { norm, place, residual, ...block }),
        ),
        finalNorm: place === "post" ? null : norm,
      },
    ],
    heads: headsOf(config, sightline.architectures, { lm: () => PLAIN_LM }),
    ids: specialIds(config),
  };
}

const SCHEMES = ["none", "sinusoidal", "learned", "t5", "rope", "alibi"] as const;

function schemeOf(config: Config): (typeof SCHEMES)[number] {
  return config.oneOf(
    "positions",
    "learned",
    Object.fromEntries(SCHEMES.map((scheme) => [scheme, scheme])) as Record<string, (typeof SCHEMES)[number]>,
  );
}

function inputPositions(config: Config, trained: number): InputPositions {
  const scheme = schemeOf(config);
  if (scheme === "learned") return { kind: "learned", offset: 0, length: trained, skipId: null };
  if (scheme !== "sinusoidal") return { kind: "none" };
  return { kind: "sinusoidal", layout: "interleaved", base: config.number("sinusoid_base", 10_000) };
}

/** Attention and MLP, or the gated unit in their place. */
function blockParts(config: Config, dModel: number): Pick<BlockSpec, "attn" | "mlp" | "unit"> {
  const mlp = {
    dMlp: config.int("n_inner", 4 * dModel),
    activation: config.activation("activation_function", "gelu_new"),
    gated: false,
  };
  const isUnit = config.oneOf("unit", "mha", { mha: false, gau: true });
  if (!isUnit) return { attn: attentionOf(config, dModel), mlp };
  const nHeads = config.int("n_head", 1);
  if (nHeads !== 1) throw config.bad("n_head", "1 for a gated unit");
  const dHead = config.int("gau_s", 128);
  const attn = attentionWith(config, nHeads, dHead, { kind: "dot" });
  return { attn, mlp, unit: { width: config.int("gau_expansion", 2) * dModel, activation: "silu" } };
}

function attentionOf(config: Config, dModel: number): AttentionSpec {
  const nHeads = config.int("n_head");
  const dHead = evenHead(dModel, nHeads, "n_embd", "n_head");
  const length = config.int("n_positions");
  const score = config.oneOf<ScoreRule>("score", "dot", {
    dot: { kind: "dot" },
    synthesizer_dense: { kind: "dense", hidden: dHead, length },
    synthesizer_random: { kind: "random", length },
    linear: { kind: "linear", features: { kind: "elu" } },
  });
  return attentionWith(config, nHeads, dHead, score);
}

function attentionWith(config: Config, nHeads: number, dHead: number, score: ScoreRule): AttentionSpec {
  const isDot = score.kind === "dot";
  const normaliser = config.oneOf<Normaliser>("normaliser", score.kind === "linear" ? "sum" : "softmax", {
    softmax: { kind: "softmax", temperature: 1 },
    sum: { kind: "sum" },
    relu2: { kind: "squaredRelu" },
  });
  const mask = config.has("window")
    ? ({ kind: "window", size: config.int("window"), causal: true } as const)
    : ({ kind: "causal" } as const);
  const positions = attentionPositions(config, nHeads, dHead);
  return {
    ...attention({ nHeads, dHead, scale: isDot ? 1 / Math.sqrt(dHead) : 1, mask, positions }),
    score,
    normaliser,
  };
}

function attentionPositions(config: Config, nHeads: number, dHead: number): AttentionPositions {
  switch (schemeOf(config)) {
    case "none":
    case "sinusoidal":
    case "learned":
      return { kind: "none" };
    case "t5":
      return {
        kind: "buckets",
        buckets: config.int("relative_attention_num_buckets", 32),
        maxDistance: config.int("relative_attention_max_distance", 128),
        bidirectional: false,
        table: RELATIVE_TABLE,
      };
    case "rope":
      return {
        kind: "rotary",
        dims: dHead,
        layout: "halves",
        inverseFrequencies: rotaryFrequencies(dHead, config.number("rope_theta", 10_000)),
        factor: 1,
      };
    case "alibi":
      return { kind: "alibi", slopes: config.numbers("alibi_slopes", nHeads) ?? alibiSlopes(nHeads) };
    default:
      throw config.bad("positions", SCHEMES.join(", "));
  }
}

function weightMap(spec: ModelSpec, config: Config): WeightMap {
  const to = new WeightMapBuilder(["transformer.", ""]);
  const dModel = spec.stacks[0]?.dModel ?? 0;
  to.plain("embed.W_E", "wte.weight");
  to.plain("pos_embed.W_pos", "wpe.weight");
  to.plain(RELATIVE_TABLE, "h.0.attn.relative_attention_bias.weight");
  for (const [layer, block] of onlyLayers(spec).entries()) {
    if (block.unit !== undefined) unitBlock(to, layer);
    else {
      gptBlock(to, layer, dModel);
      ownScores(to, layer, block.attn, dModel);
    }
  }
  to.norm("ln_final", "ln_f");
  const tied = config.flag("tie_word_embeddings", true) ? to.named("wte.weight") : [];
  to.set("unembed.W_U", { names: [...tied, "lm_head.weight"], layout: "out_in" });
  return to.map;
}

/** A Synthesizer has no queries and keys: c_attn holds its values alone, and its scores have weights of their own. */
function ownScores(
  to: WeightMapBuilder,
  layer: number,
  { score, nHeads }: AttentionSpec,
  dModel: number,
): void {
  const [from, into] = [`h.${layer}.attn`, `blocks.${layer}.attn`];
  if (score.kind !== "dense" && score.kind !== "random") return;
  to.set(`${into}.W_V`, {
    names: to.named(`${from}.c_attn.weight`),
    layout: "in_out",
    stored: [dModel, dModel],
  });
  to.set(`${into}.b_V`, { names: to.named(`${from}.c_attn.bias`), layout: "in_out" });
  if (score.kind === "random") {
    const stored = [nHeads, score.length, score.length];
    to.set(`${into}.score.R`, { names: to.named(`${from}.synthesizer.r`), layout: "in_out", stored });
    return;
  }
  for (const part of ["W_1", "b_1", "W_2", "b_2"]) {
    to.plain(`${into}.score.${part}`, `${from}.synthesizer.${part.replace("_", "").toLowerCase()}`);
  }
}

function unitBlock(to: WeightMapBuilder, layer: number): void {
  const [from, into] = [`h.${layer}`, `blocks.${layer}`];
  const unit = `${into}.attn.unit`;
  to.norm(`${into}.ln1`, `${from}.ln_1`);
  for (const letter of ["U", "V", "Z", "O"]) conv1d(to, unit, letter, `${from}.gau.${letter.toLowerCase()}`);
  for (const name of ["gamma_q", "beta_q", "gamma_k", "beta_k"]) {
    to.plain(`${unit}.${name}`, `${from}.gau.${name}`);
  }
}
