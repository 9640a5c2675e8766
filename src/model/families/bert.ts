import type { Activation, HeadSpec, InputPositions, ModelSpec, NormSpec } from "../../engine/spec";
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
  plainBase,
  sequenceHead,
  specialIds,
  tokenEmbed,
} from "./family";

/** BERT (Devlin et al. 2019): a post-norm encoder with learned positions, token types and the exact GELU. */
export const bert: Family = {
  modelTypes: ["bert"],
  architectures: {
    BertForMaskedLM: ["lm"],
    BertForPreTraining: ["lm", "nextSentence"],
    BertForNextSentencePrediction: ["nextSentence"],
    BertForSequenceClassification: ["sequence"],
    BertForTokenClassification: ["token"],
    BertModel: [],
  },
  toSpec,
  weightMap,
  ignored: [/position_ids$/, /(^|\.)pooler\./, /^cls\./],
};

function toSpec(config: Config): ModelSpec {
  const context = config.int("max_position_embeddings", 512);
  const { norm, activation, ...base } = bertBase(config, {
    kind: "learned",
    offset: 0,
    length: context,
    skipId: null,
  });
  return {
    family: "bert",
    context,
    ...base,
    heads: headsOf(config, bert.architectures, {
      lm: () => maskedLm(base.stacks[0]?.dModel ?? 0, activation, norm),
      nextSentence: () => ({
        kind: "sequence",
        pool: "first",
        hidden: { activation: "tanh" },
        labels: ["next", "random"],
        site: "nsp_logits",
      }),
      sequence: () => sequenceHead(config.labels(), "first", "tanh"),
      token: () => ({ kind: "token", labels: config.labels() }),
    }),
    ids: specialIds(config, { pad: 0 }),
  };
}

/** The encoder that BERT and RoBERTa share, and the norm and activation that their heads take over. */
export function bertBase(
  config: Config,
  positions: InputPositions,
): Pick<ModelSpec, "stacks"> & { readonly norm: NormSpec; readonly activation: Activation } {
  plainBase(config);
  config.only("position_embedding_type", "absolute");
  const dModel = config.int("hidden_size", 768);
  const nHeads = config.int("num_attention_heads", 12);
  const dHead = evenHead(dModel, nHeads, "hidden_size", "num_attention_heads");
  const norm = { kind: "layer", eps: config.number("layer_norm_eps", 1e-12) } as const;
  const activation = config.activation("hidden_act", "gelu");
  const attn = attention({ nHeads, dHead, mask: { kind: "none" } });
  const mlp = { dMlp: config.int("intermediate_size", 4 * dModel), activation, gated: false };
  return {
    norm,
    activation,
    stacks: [
      {
        name: "blocks",
        dModel,
        embed: tokenEmbed({
          vocab: config.int("vocab_size"),
          width: dModel,
          positions,
          types: config.int("type_vocab_size", 2),
          norm,
        }),
        layers: layersOf(config.layers("num_hidden_layers", 12), (layer) =>
          blockOf(layer, { norm, place: "post", attn, mlp }),
        ),
        finalNorm: null,
      },
    ],
  };
}

/** A masked-LM head: dense, activation, LayerNorm, then the (usually tied) output matrix with a bias of its own. */
export function maskedLm(width: number, activation: Activation, norm: NormSpec): HeadSpec {
  return { kind: "lm", transform: { width, activation, norm }, scale: 1 };
}

function weightMap(spec: ModelSpec, config: Config): WeightMap {
  const to = new WeightMapBuilder(["bert.", ""]);
  bertWeights(to, spec);
  to.linear("pooler.W", "pooler.b", "pooler.dense");
  const own = new WeightMapBuilder([""]);
  own.linear("mlm_head.W_dense", "mlm_head.b_dense", "cls.predictions.transform.dense");
  own.norm("mlm_head.ln", "cls.predictions.transform.LayerNorm");
  own.set("unembed.W_U", {
    names: [...tiedWords(to, config), "cls.predictions.decoder.weight"],
    layout: "out_in",
  });
  own.plain("unembed.b_U", "cls.predictions.bias", "cls.predictions.decoder.bias");
  own.linear("nsp.W", "nsp.b", "cls.seq_relationship");
  own.linear("classifier.W", "classifier.b", "classifier");
  return new Map([...to.map, ...own.map]);
}

/** The word table's names where the output matrix is tied to it. */
export function tiedWords(to: WeightMapBuilder, config: Config): readonly string[] {
  return config.flag("tie_word_embeddings", true) ? to.named("embeddings.word_embeddings.weight") : [];
}

/** Embeddings and blocks as BERT and RoBERTa name them. */
export function bertWeights(to: WeightMapBuilder, spec: ModelSpec): void {
  to.plain("embed.W_E", "embeddings.word_embeddings.weight");
  to.plain("pos_embed.W_pos", "embeddings.position_embeddings.weight");
  to.plain("type_embed.W_type", "embeddings.token_type_embeddings.weight");
  to.norm("embed.ln", "embeddings.LayerNorm");
  for (const layer of onlyLayers(spec).keys()) {
    const [from, into] = [`encoder.layer.${layer}`, `blocks.${layer}`];
    to.linear(`${into}.attn.W_Q`, `${into}.attn.b_Q`, `${from}.attention.self.query`);
    to.linear(`${into}.attn.W_K`, `${into}.attn.b_K`, `${from}.attention.self.key`);
    to.linear(`${into}.attn.W_V`, `${into}.attn.b_V`, `${from}.attention.self.value`);
    to.linear(`${into}.attn.W_O`, `${into}.attn.b_O`, `${from}.attention.output.dense`);
    to.norm(`${into}.ln1`, `${from}.attention.output.LayerNorm`);
    to.linear(`${into}.mlp.W_in`, `${into}.mlp.b_in`, `${from}.intermediate.dense`);
    to.linear(`${into}.mlp.W_out`, `${into}.mlp.b_out`, `${from}.output.dense`);
    to.norm(`${into}.ln2`, `${from}.output.LayerNorm`);
  }
}
