import type { ModelSpec } from "../../engine/spec";
import type { Config } from "../config";
import { type WeightMap, WeightMapBuilder } from "../weightMap";
import { bertBase, bertWeights, maskedLm, tiedWords } from "./bert";
import { type Family, headsOf, sequenceHead, specialIds } from "./family";

const HEADS = {
  ForMaskedLM: ["lm"],
  ForSequenceClassification: ["sequence"],
  ForTokenClassification: ["token"],
  Model: [],
} as const;

/** The heads of RoBERTa and of the models that are RoBERTa under another name. */
const ARCHITECTURES = Object.fromEntries(
  ["Roberta", "XLMRoberta", "Camembert"].flatMap((name) =>
    Object.entries(HEADS).map(([head, heads]) => [`${name}${head}`, heads]),
  ),
);

/** RoBERTa (Liu et al. 2019): BERT whose positions count from pad + 1 and skip padding; no next-sentence head. */
export const roberta: Family = {
  modelTypes: ["roberta", "xlm-roberta", "camembert"],
  architectures: ARCHITECTURES,
  toSpec,
  weightMap,
  ignored: [/position_ids$/, /(^|\.)pooler\./, /^lm_head\./],
};

function toSpec(config: Config): ModelSpec {
  const pad = config.id("pad_token_id", 1) ?? 1;
  const offset = pad + 1;
  const length = config.int("max_position_embeddings", 512);
  if (length <= offset) throw config.bad("max_position_embeddings", `more than ${offset}`);
  const { norm, ...base } = bertBase(config, { kind: "learned", offset, length, skipId: pad });
  return {
    family: config.text("model_type", "roberta"),
    context: length - offset,
    stacks: base.stacks,
    heads: headsOf(config, ARCHITECTURES, {
      lm: () => maskedLm(base.stacks[0]?.dModel ?? 0, "gelu", norm),
      sequence: () => sequenceHead(config.labels(), "first", "tanh"),
      token: () => ({ kind: "token", labels: config.labels() }),
    }),
    ids: specialIds(config, { bos: 0, pad: 1, eos: 2 }),
  };
}

function weightMap(spec: ModelSpec, config: Config): WeightMap {
  const to = new WeightMapBuilder(["roberta.", ""]);
  bertWeights(to, spec);
  const own = new WeightMapBuilder([""]);
  own.linear("mlm_head.W_dense", "mlm_head.b_dense", "lm_head.dense");
  own.norm("mlm_head.ln", "lm_head.layer_norm");
  own.set("unembed.W_U", { names: [...tiedWords(to, config), "lm_head.decoder.weight"], layout: "out_in" });
  own.plain("unembed.b_U", "lm_head.bias", "lm_head.decoder.bias");
  own.linear("pooler.W", "pooler.b", "classifier.dense");
  own.linear("classifier.W", "classifier.b", "classifier.out_proj", "classifier");
  return new Map([...to.map, ...own.map]);
}
