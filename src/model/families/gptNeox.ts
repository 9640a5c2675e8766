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
import { rotary } from "./rotary";

/** GPT-NeoX (Black et al. 2022) and Pythia: attention and MLP side by side, rotary positions on a part of each head. */
export const gptNeox: Family = {
  modelTypes: ["gpt_neox"],
  architectures: {
    GPTNeoXForCausalLM: ["lm"],
    GPTNeoXModel: [],
    GPTNeoXForSequenceClassification: ["sequence"],
    GPTNeoXForTokenClassification: ["token"],
  },
  toSpec,
  weightMap,
  ignored: [/\.attention\.(bias|masked_bias)$/, /rotary_emb\.inv_freq$/, /^embed_out\.weight$/],
};

function toSpec(config: Config): ModelSpec {
  plainBase(config);
  const dModel = config.int("hidden_size", 6144);
  const nHeads = config.int("num_attention_heads", 64);
  const dHead = evenHead(dModel, nHeads, "hidden_size", "num_attention_heads");
  const norm = { kind: "layer", eps: config.number("layer_norm_eps", 1e-5) } as const;
  const positions = rotary(config, dHead, {
    thetaKeys: ["rotary_emb_base", "rope_theta"],
    fraction: 0.25,
    fractionKeys: ["rotary_pct", "partial_rotary_factor"],
  });
  const attn = attention({ nHeads, dHead, positions, mask: { kind: "causal" } });
  const mlp = {
    dMlp: config.int("intermediate_size", 24576),
    activation: config.activation("hidden_act", "gelu"),
    gated: false,
  };
  const parallel = config.flag("use_parallel_residual", true);
  return {
    family: "gpt_neox",
    context: config.int("max_position_embeddings", 2048),
    stacks: [
      {
        name: "blocks",
        dModel,
        embed: tokenEmbed({
          vocab: config.int("vocab_size", 50432),
          width: dModel,
          positions: { kind: "none" },
        }),
        layers: layersOf(config.layers("num_hidden_layers", 44), (layer) =>
          blockOf(layer, { norm, place: "pre", parallel, attn, mlp }),
        ),
        finalNorm: norm,
      },
    ],
    heads: headsOf(config, gptNeox.architectures, {
      lm: () => PLAIN_LM,
      sequence: () => sequenceHead(config.labels(), "last", null),
      token: () => ({ kind: "token", labels: config.labels() }),
    }),
    ids: specialIds(config, { bos: 0, eos: 2 }),
  };
}

function weightMap(spec: ModelSpec, config: Config): WeightMap {
  const to = new WeightMapBuilder(["gpt_neox.", ""]);
  to.plain("embed.W_E", "embed_in.weight");
  const dModel = spec.stacks[0]?.dModel ?? 0;
  const bias = config.flag("attention_bias", true);
  for (const [layer, { attn }] of onlyLayers(spec).entries()) {
    const [from, into] = [`layers.${layer}`, `blocks.${layer}`];
    to.norm(`${into}.ln1`, `${from}.input_layernorm`);
    to.norm(`${into}.ln2`, `${from}.post_attention_layernorm`);
    fusedHeads(to, `${into}.attn`, `${from}.attention.query_key_value`, attn.nHeads, dModel, bias);
    to.linear(`${into}.attn.W_O`, bias ? `${into}.attn.b_O` : null, `${from}.attention.dense`);
    to.linear(`${into}.mlp.W_in`, `${into}.mlp.b_in`, `${from}.mlp.dense_h_to_4h`);
    to.linear(`${into}.mlp.W_out`, `${into}.mlp.b_out`, `${from}.mlp.dense_4h_to_h`);
  }
  to.norm("ln_final", "final_layer_norm");
  const tied = config.flag("tie_word_embeddings", false) ? to.named("embed_in.weight") : [];
  to.set("unembed.W_U", { names: [...tied, "embed_out.weight"], layout: "out_in" });
  to.set("classifier.W", { names: ["score.weight", "classifier.weight"], layout: "out_in" });
  to.set("classifier.b", { names: ["classifier.bias"], layout: "in_out", optional: true });
  return to.map;
}

/** q, k and v lie head by head: the rows of one head's q, then its k, then its v, then the next head's. */
function fusedHeads(
  to: WeightMapBuilder,
  into: string,
  from: string,
  heads: number,
  dModel: number,
  bias: boolean,
): void {
  const dHead = dModel / heads;
  for (const [which, letter] of ["Q", "K", "V"].entries()) {
    const pick = { axis: 0, groups: heads, start: which * dHead, size: dHead, stride: 3 * dHead } as const;
    const fused = (suffix: string, stored: readonly number[], layout: TensorRef["layout"]): TensorRef => ({
      names: to.named(`${from}.${suffix}`),
      layout,
      stored,
      pick,
    });
    to.set(`${into}.W_${letter}`, fused("weight", [3 * dModel, dModel], "out_in"));
    if (bias) to.set(`${into}.b_${letter}`, fused("bias", [3 * dModel], "in_out"));
  }
}
