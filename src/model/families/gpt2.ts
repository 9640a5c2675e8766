import type { ModelSpec } from "../../engine/spec";
import type { Config } from "../config";
import { type TensorRef, type WeightMap, WeightMapBuilder } from "../weightMap";
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

const WIDTH = ["n_embd", "hidden_size"];
const LAYERS = ["n_layer", "num_hidden_layers"];
const HEADS = ["n_head", "num_attention_heads"];

/** GPT-2 (Radford et al. 2019): pre-norm, learned positions, Conv1D weights stored [in, out], one fused q, k, v. */
export const gpt2: Family = {
  modelTypes: ["gpt2"],
  architectures: {
    GPT2LMHeadModel: ["lm"],
    GPT2Model: [],
    GPT2DoubleHeadsModel: ["lm"],
    GPT2ForSequenceClassification: ["sequence"],
    GPT2ForTokenClassification: ["token"],
  },
  toSpec,
  weightMap,
  ignored: [/\.attn\.(bias|masked_bias)$/, /^multiple_choice_head\./],
};

function toSpec(config: Config): ModelSpec {
  plainBase(config);
  const dModel = config.int(WIDTH, 768);
  const nHeads = config.int(HEADS, 12);
  const dHead = evenHead(dModel, nHeads, "n_embd", "n_head");
  const norm = { kind: "layer", eps: config.number("layer_norm_epsilon", 1e-5) } as const;
  const context = config.int(["n_positions", "max_position_embeddings", "n_ctx"], 1024);
  const scale = config.flag("scale_attn_weights", true) ? 1 / Math.sqrt(dHead) : 1;
  const byLayer = config.flag("scale_attn_by_inverse_layer_idx", false);
  const mlp = {
    dMlp: config.int("n_inner", 4 * dModel),
    activation: config.activation("activation_function", "gelu_new"),
    gated: false,
  };
  const attn = (layer: number) =>
    attention({ nHeads, dHead, scale: byLayer ? scale / (layer + 1) : scale, mask: { kind: "causal" } });
  return {
    family: "gpt2",
    context,
    stacks: [
      {
        name: "blocks",
        dModel,
        embed: tokenEmbed({
          vocab: config.int("vocab_size", 50257),
          width: dModel,
          positions: { kind: "learned", offset: 0, length: context, skipId: null },
        }),
        layers: layersOf(config.layers(LAYERS, 12), (layer) =>
          blockOf(layer, { norm, place: "pre", attn: attn(layer), mlp }),
        ),
        finalNorm: norm,
      },
    ],
    heads: headsOf(config, gpt2.architectures, {
      lm: () => PLAIN_LM,
      sequence: () => sequenceHead(config.labels(), "last", null),
      token: () => ({ kind: "token", labels: config.labels() }),
    }),
    ids: specialIds(config, { bos: 50256, eos: 50256 }),
  };
}

function weightMap(spec: ModelSpec, config: Config): WeightMap {
  const to = new WeightMapBuilder(["transformer.", ""]);
  to.plain("embed.W_E", "wte.weight");
  to.plain("pos_embed.W_pos", "wpe.weight");
  for (const layer of onlyLayers(spec).keys()) gptBlock(to, layer, spec.stacks[0]?.dModel ?? 0);
  to.norm("ln_final", "ln_f");
  const tied = config.flag("tie_word_embeddings", true) ? to.named("wte.weight") : [];
  to.set("unembed.W_U", { names: [...tied, "lm_head.weight"], layout: "out_in" });
  to.set("classifier.W", { names: ["score.weight", "classifier.weight"], layout: "out_in" });
  to.set("classifier.b", { names: ["classifier.bias"], layout: "in_out", optional: true });
  return to.map;
}

/** A block of GPT or GPT-2: q, k and v are the thirds of c_attn's columns. */
export function gptBlock(to: WeightMapBuilder, layer: number, dModel: number): void {
  const [from, into] = [`h.${layer}`, `blocks.${layer}`];
  to.norm(`${into}.ln1`, `${from}.ln_1`);
  to.norm(`${into}.ln2`, `${from}.ln_2`);
  for (const [third, letter] of ["Q", "K", "V"].entries()) {
    const fused = (suffix: string, stored: readonly number[]): TensorRef => ({
      names: to.named(`${from}.attn.c_attn.${suffix}`),
      layout: "in_out",
      stored,
      pick: { axis: 1, groups: 1, start: third * dModel, size: dModel, stride: 3 * dModel },
    });
    to.set(`${into}.attn.W_${letter}`, fused("weight", [dModel, 3 * dModel]));
    to.set(`${into}.attn.b_${letter}`, fused("bias", [3 * dModel]));
  }
  conv1d(to, `${into}.attn`, "O", `${from}.attn.c_proj`);
  conv1d(to, `${into}.mlp`, "in", `${from}.mlp.c_fc`);
  conv1d(to, `${into}.mlp`, "out", `${from}.mlp.c_proj`);
}

/** A Conv1D of the original code: its weight is [in, out]. */
export function conv1d(to: WeightMapBuilder, into: string, letter: string, from: string): void {
  to.plain(`${into}.W_${letter}`, `${from}.weight`);
  to.plain(`${into}.b_${letter}`, `${from}.bias`);
}
