import type { ModelSpec } from "../../engine/spec";
import type { Config } from "../config";
import { type Family, headsOf, PLAIN_LM, specialIds } from "./family";
import { SEQ2SEQ_IGNORED, seq2seqStacks, seq2seqWeights } from "./seq2seq";

/** Marian (Junczys-Dowmunt et al. 2018): a post-norm translator with computed sinusoids, all sines before all cosines. */
export const marian: Family = {
  modelTypes: ["marian"],
  architectures: { MarianMTModel: ["lm"], MarianModel: [] },
  toSpec,
  weightMap: seq2seqWeights,
  ignored: SEQ2SEQ_IGNORED,
};

function toSpec(config: Config): ModelSpec {
  config.only("normalize_before", false);
  config.only("normalize_embedding", false);
  config.only("add_final_layer_norm", false);
  const design = { place: "post", embeddingNorm: false, finalNorm: false, learnedOffset: null } as const;
  return {
    family: "marian",
    ...seq2seqStacks(config, design),
    heads: headsOf(config, marian.architectures, { lm: () => PLAIN_LM }),
    ids: specialIds(config, { pad: 58100, eos: 0, decoderStart: 58100 }),
  };
}
