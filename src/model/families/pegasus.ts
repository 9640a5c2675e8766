import type { ModelSpec } from "../../engine/spec";
import type { Config } from "../config";
import { type Family, headsOf, PLAIN_LM, specialIds } from "./family";
import { SEQ2SEQ_IGNORED, seq2seqStacks, seq2seqWeights } from "./seq2seq";

/** Pegasus (Zhang et al. 2020): a pre-norm encoder–decoder with a norm at the end of each stack and computed sinusoids. */
export const pegasus: Family = {
  modelTypes: ["pegasus"],
  architectures: { PegasusForConditionalGeneration: ["lm"], PegasusModel: [] },
  toSpec,
  weightMap: seq2seqWeights,
  ignored: SEQ2SEQ_IGNORED,
};

function toSpec(config: Config): ModelSpec {
  config.only("normalize_before", true);
  config.only("normalize_embedding", false);
  config.only("add_final_layer_norm", true);
  const design = { place: "pre", embeddingNorm: false, finalNorm: true, learnedOffset: null } as const;
  return {
    family: "pegasus",
    ...seq2seqStacks(config, design),
    heads: headsOf(config, pegasus.architectures, { lm: () => PLAIN_LM }),
    ids: specialIds(config, { pad: 0, eos: 1, decoderStart: 0 }),
  };
}
