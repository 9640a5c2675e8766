import type { Activation, ModelSpec } from "../../engine/spec";
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
  sequenceHead,
  specialIds,
  tokenEmbed,
} from "./family";
import { gptBlock } from "./gpt2";

/** GPT (Radford et al. 2018): post-norm, learned positions; its "gelu" is the tanh form. */
export const openaiGpt: Family = {
  modelTypes: ["openai-gpt"],
  architectures: {
    OpenAIGPTLMHeadModel: ["lm"],
    OpenAIGPTModel: [],
    OpenAIGPTDoubleHeadsModel: ["lm"],
    OpenAIGPTForSequenceClassification: ["sequence"],
  },
  toSpec,
  weightMap,
  ignored: [/\.attn\.bias$/, /position_ids$/, /^multiple_choice_head\./],
};

/** The activations that its original code knows, by the names that it gives them. */
const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  gelu: "gelu_tanh",
  relu: "relu",
  silu: "silu",
  swish: "silu",
};

function toSpec(config: Config): ModelSpec {
  plainBase(config);
  const dModel = config.int(["n_embd", "hidden_size"], 768);
  const nHeads = config.int(["n_head", "num_attention_heads"], 12);
  const dHead = evenHead(dModel, nHeads, "n_embd", "n_head");
  const norm = { kind: "layer", eps: config.number("layer_norm_epsilon", 1e-5) } as const;
  const context = config.int(["n_positions", "max_position_embeddings"], 512);
  const attn = attention({ nHeads, dHead, mask: { kind: "causal" } });
  const mlp = { dMlp: 4 * dModel, activation: config.oneOf("afn", "gelu", ACTIVATIONS), gated: false };
  return {
    family: "openai-gpt",
    context,
    stacks: [
      {
        name: "blocks",
        dModel,
        embed: tokenEmbed({
          vocab: config.int("vocab_size", 40478),
          width: dModel,
          positions: { kind: "learned", offset: 0, length: context, skipId: null },
        }),
        layers: layersOf(config.layers(["n_layer", "num_hidden_layers"], 12), (layer) =>
          blockOf(layer, { norm, place: "post", attn, mlp }),
        ),
        finalNorm: null,
      },
    ],
    heads: headsOf(config, openaiGpt.architectures, {
      lm: () => PLAIN_LM,
      sequence: () => sequenceHead(config.labels(), "last", null),
    }),
    ids: specialIds(config),
  };
}

function weightMap(spec: ModelSpec, config: Config): WeightMap {
  const to = new WeightMapBuilder(["transformer.", ""]);
  to.plain("embed.W_E", "tokens_embed.weight");
  to.plain("pos_embed.W_pos", "positions_embed.weight");
  for (const layer of onlyLayers(spec).keys()) gptBlock(to, layer, spec.stacks[0]?.dModel ?? 0);
  const tied = config.flag("tie_word_embeddings", true) ? to.named("tokens_embed.weight") : [];
  to.set("unembed.W_U", { names: [...tied, "lm_head.weight"], layout: "out_in" });
  to.set("classifier.W", { names: ["score.weight"], layout: "out_in" });
  return to.map;
}
