import type { ModelSpec } from "../../engine/spec";
import type { Config } from "../config";
import { type WeightMap, WeightMapBuilder } from "../weightMap";
import { maskedLm, tiedWords } from "./bert";
import {
  attention,
  blockOf,
  evenHead,
  type Family,
  headsOf,
  layersOf,
  plainBase,
  sequenceHead,
  specialIds,
  tokenEmbed,
} from "./family";

/** ALBERT (Lan et al. 2020): BERT whose layers share their weights by groups, with a factorised embedding. */
export const albert: Family = {
  modelTypes: ["albert"],
  architectures: {
    AlbertForMaskedLM: ["lm"],
    AlbertForPreTraining: ["lm", "nextSentence"],
    AlbertForSequenceClassification: ["sequence"],
    AlbertForTokenClassification: ["token"],
    AlbertModel: [],
  },
  toSpec,
  weightMap,
  ignored: [/position_ids$/, /(^|\.)pooler\./, /^predictions\./, /^sop_classifier\./],
};

/** Which group of weights each layer uses: groups take consecutive layers. */
function groups(config: Config): { readonly layers: number; groupOf(layer: number): number } {
  const layers = config.layers("num_hidden_layers", 12);
  const count = config.layers("num_hidden_groups", 1);
  return { layers, groupOf: (layer) => Math.floor(layer / (layers / count)) };
}

function toSpec(config: Config): ModelSpec {
  plainBase(config);
  config.only("position_embedding_type", "absolute");
  config.only("inner_group_num", 1);
  const dModel = config.int("hidden_size", 4096);
  const width = config.int("embedding_size", 128);
  const nHeads = config.int("num_attention_heads", 64);
  const dHead = evenHead(dModel, nHeads, "hidden_size", "num_attention_heads");
  const norm = { kind: "layer", eps: config.number("layer_norm_eps", 1e-12) } as const;
  const activation = config.activation("hidden_act", "gelu_new");
  const context = config.int("max_position_embeddings", 512);
  const attn = attention({ nHeads, dHead, mask: { kind: "none" } });
  const mlp = { dMlp: config.int("intermediate_size", 16384), activation, gated: false };
  const { layers, groupOf } = groups(config);
  const ownerOf = (layer: number) =>
    Array.from({ length: layers }, (_, other) => other).findIndex(
      (other) => groupOf(other) === groupOf(layer),
    );
  return {
    family: "albert",
    context,
    stacks: [
      {
        name: "blocks",
        dModel,
        embed: tokenEmbed({
          vocab: config.int("vocab_size", 30000),
          width,
          positions: { kind: "learned", offset: 0, length: context, skipId: null },
          types: config.int("type_vocab_size", 2),
          norm,
          projection: true,
        }),
        layers: layersOf(layers, (layer) =>
          blockOf(layer, { norm, place: "post", attn, mlp, weightsOf: ownerOf(layer) }),
        ),
        finalNorm: null,
      },
    ],
    heads: headsOf(config, albert.architectures, {
      lm: () => maskedLm(width, activation, norm),
      nextSentence: () => ({
        kind: "sequence",
        pool: "first",
        hidden: { activation: "tanh" },
        labels: ["in order", "swapped"],
        site: "nsp_logits",
      }),
      sequence: () => sequenceHead(config.labels(), "first", "tanh"),
      token: () => ({ kind: "token", labels: config.labels() }),
    }),
    ids: specialIds(config, { pad: 0, bos: 2, eos: 3 }),
  };
}

function weightMap(_: ModelSpec, config: Config): WeightMap {
  const to = new WeightMapBuilder(["albert.", ""]);
  to.plain("embed.W_E", "embeddings.word_embeddings.weight");
  to.plain("pos_embed.W_pos", "embeddings.position_embeddings.weight");
  to.plain("type_embed.W_type", "embeddings.token_type_embeddings.weight");
  to.norm("embed.ln", "embeddings.LayerNorm");
  to.linear("embed.W_proj", "embed.b_proj", "encoder.embedding_hidden_mapping_in");
  const { layers, groupOf } = groups(config);
  for (let layer = 0; layer < layers; layer++) {
    const from = `encoder.albert_layer_groups.${groupOf(layer)}.albert_layers.0`;
    const into = `blocks.${layer}`;
    to.linear(`${into}.attn.W_Q`, `${into}.attn.b_Q`, `${from}.attention.query`);
    to.linear(`${into}.attn.W_K`, `${into}.attn.b_K`, `${from}.attention.key`);
    to.linear(`${into}.attn.W_V`, `${into}.attn.b_V`, `${from}.attention.value`);
    to.linear(`${into}.attn.W_O`, `${into}.attn.b_O`, `${from}.attention.dense`);
    to.norm(`${into}.ln1`, `${from}.attention.LayerNorm`);
    to.linear(`${into}.mlp.W_in`, `${into}.mlp.b_in`, `${from}.ffn`);
    to.linear(`${into}.mlp.W_out`, `${into}.mlp.b_out`, `${from}.ffn_output`);
    to.norm(`${into}.ln2`, `${from}.full_layer_layer_norm`);
  }
  to.linear("pooler.W", "pooler.b", "pooler");
  const own = new WeightMapBuilder([""]);
  own.linear("mlm_head.W_dense", "mlm_head.b_dense", "predictions.dense");
  own.norm("mlm_head.ln", "predictions.LayerNorm");
  own.set("unembed.W_U", {
    names: [...tiedWords(to, config), "predictions.decoder.weight"],
    layout: "out_in",
  });
  own.plain("unembed.b_U", "predictions.bias", "predictions.decoder.bias");
  own.linear("nsp.W", "nsp.b", "sop_classifier.classifier");
  own.linear("classifier.W", "classifier.b", "classifier");
  return new Map([...to.map, ...own.map]);
}
