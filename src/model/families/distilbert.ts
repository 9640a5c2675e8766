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
  onlyLayers,
  plainBase,
  sequenceHead,
  specialIds,
  tokenEmbed,
} from "./family";

/** DistilBERT (Sanh et al. 2019): half of BERT's layers, no token types, no pooler. Sinusoidal tables are stored as well. */
export const distilbert: Family = {
  modelTypes: ["distilbert"],
  architectures: {
    DistilBertForMaskedLM: ["lm"],
    DistilBertForSequenceClassification: ["sequence"],
    DistilBertForTokenClassification: ["token"],
    DistilBertModel: [],
  },
  toSpec,
  weightMap,
  ignored: [/position_ids$/, /^vocab_(transform|layer_norm|projector)\./],
};

function toSpec(config: Config): ModelSpec {
  plainBase(config);
  const dModel = config.int(["dim", "hidden_size"], 768);
  const nHeads = config.int(["n_heads", "num_attention_heads"], 12);
  const dHead = evenHead(dModel, nHeads, "dim", "n_heads");
  const norm = { kind: "layer", eps: 1e-12 } as const;
  const activation = config.activation("activation", "gelu");
  const context = config.int("max_position_embeddings", 512);
  const attn = attention({ nHeads, dHead, mask: { kind: "none" } });
  const mlp = { dMlp: config.int("hidden_dim", 4 * dModel), activation, gated: false };
  return {
    family: "distilbert",
    context,
    stacks: [
      {
        name: "blocks",
        dModel,
        embed: tokenEmbed({
          vocab: config.int("vocab_size", 30522),
          width: dModel,
          positions: { kind: "learned", offset: 0, length: context, skipId: null },
          norm,
        }),
        layers: layersOf(config.layers(["n_layers", "num_hidden_layers"], 6), (layer) =>
          blockOf(layer, { norm, place: "post", attn, mlp }),
        ),
        finalNorm: null,
      },
    ],
    heads: headsOf(config, distilbert.architectures, {
      lm: () => maskedLm(dModel, activation, norm),
      sequence: () => sequenceHead(config.labels(), "first", "relu"),
      token: () => ({ kind: "token", labels: config.labels() }),
    }),
    ids: specialIds(config, { pad: 0 }),
  };
}

function weightMap(spec: ModelSpec, config: Config): WeightMap {
  const to = new WeightMapBuilder(["distilbert.", ""]);
  to.plain("embed.W_E", "embeddings.word_embeddings.weight");
  to.plain("pos_embed.W_pos", "embeddings.position_embeddings.weight");
  to.norm("embed.ln", "embeddings.LayerNorm");
  for (const layer of onlyLayers(spec).keys()) {
    const [from, into] = [`transformer.layer.${layer}`, `blocks.${layer}`];
    to.linear(`${into}.attn.W_Q`, `${into}.attn.b_Q`, `${from}.attention.q_lin`);
    to.linear(`${into}.attn.W_K`, `${into}.attn.b_K`, `${from}.attention.k_lin`);
    to.linear(`${into}.attn.W_V`, `${into}.attn.b_V`, `${from}.attention.v_lin`);
    to.linear(`${into}.attn.W_O`, `${into}.attn.b_O`, `${from}.attention.out_lin`);
    to.norm(`${into}.ln1`, `${from}.sa_layer_norm`);
    to.linear(`${into}.mlp.W_in`, `${into}.mlp.b_in`, `${from}.ffn.lin1`);
    to.linear(`${into}.mlp.W_out`, `${into}.mlp.b_out`, `${from}.ffn.lin2`);
    to.norm(`${into}.ln2`, `${from}.output_layer_norm`);
  }
  const own = new WeightMapBuilder([""]);
  own.linear("mlm_head.W_dense", "mlm_head.b_dense", "vocab_transform");
  own.norm("mlm_head.ln", "vocab_layer_norm");
  own.set("unembed.W_U", { names: [...tiedWords(to, config), "vocab_projector.weight"], layout: "out_in" });
  own.plain("unembed.b_U", "vocab_projector.bias");
  own.linear("pooler.W", "pooler.b", "pre_classifier");
  own.linear("classifier.W", "classifier.b", "classifier");
  return new Map([...to.map, ...own.map]);
}
