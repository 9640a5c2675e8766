import type { ModelSpec } from "../../engine/spec";
import type { Config } from "../config";
import { type WeightMap, WeightMapBuilder } from "../weightMap";
import { type Family, headsOf, PLAIN_LM, sequenceHead, specialIds } from "./family";
import { SEQ2SEQ_IGNORED, seq2seqStacks, seq2seqWeights } from "./seq2seq";

/** BART (Lewis et al. 2020): a post-norm encoder–decoder, learned positions that begin at row 2, a norm after the embeddings. */
export const bart: Family = {
  modelTypes: ["bart"],
  architectures: {
    BartForConditionalGeneration: ["lm"],
    BartForSequenceClassification: ["sequence"],
    BartModel: [],
  },
  toSpec,
  weightMap,
  ignored: SEQ2SEQ_IGNORED,
};

function toSpec(config: Config): ModelSpec {
  config.only("normalize_before", false);
  config.only("add_final_layer_norm", false);
  config.only("static_position_embeddings", false);
  const design = { place: "post", embeddingNorm: true, finalNorm: false, learnedOffset: 2 } as const;
  return {
    family: "bart",
    ...seq2seqStacks(config, design),
    heads: headsOf(config, bart.architectures, {
      lm: () => PLAIN_LM,
      sequence: () => sequenceHead(config.labels(), "last", "tanh"),
    }),
    ids: specialIds(config, { bos: 0, pad: 1, eos: 2, decoderStart: 2 }),
  };
}

function weightMap(spec: ModelSpec, config: Config): WeightMap {
  const own = new WeightMapBuilder([""]);
  own.linear("pooler.W", "pooler.b", "classification_head.dense");
  own.linear("classifier.W", "classifier.b", "classification_head.out_proj");
  return new Map([...seq2seqWeights(spec, config), ...own.map]);
}
