import type { ModelSpec } from "../../engine/spec";
import type { Config } from "../config";
import { type Family, headsOf, PLAIN_LM, specialIds } from "./family";
import { SEQ2SEQ_IGNORED, seq2seqStacks, seq2seqWeights } from "./seq2seq";

/** mBART (Liu et al. 2020): BART with the norms before each part, and one more at the end of each stack. */
export const mbart: Family = {
  modelTypes: ["mbart"],
  architectures: { MBartForConditionalGeneration: ["lm"], MBartModel: [] },
  toSpec,
  weightMap: seq2seqWeights,
  ignored: SEQ2SEQ_IGNORED,
};

function toSpec(config: Config): ModelSpec {
  config.only("normalize_before", true);
  config.only("add_final_layer_norm", true);
  config.only("static_position_embeddings", false);
  const design = { place: "pre", embeddingNorm: true, finalNorm: true, learnedOffset: 2 } as const;
  return {
    family: "mbart",
    ...seq2seqStacks(config, design),
    heads: headsOf(config, mbart.architectures, { lm: () => PLAIN_LM }),
    ids: specialIds(config, { bos: 0, pad: 1, eos: 2 }),
  };
}
