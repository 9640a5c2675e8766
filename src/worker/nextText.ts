import { generate, sampler } from "../engine/decode/generate";
import type { PreparedModel } from "../engine/prepare";
import type { Tokenizer } from "../model/tokenizer/tokenizer";
import { samplingOptions } from "./decode";
import type { Sampling } from "./engine";

/** A character has at most four bytes, so at most four byte-level pieces. */
const MOST_PIECES = 4;

/**
 * The text that the next sampled token adds to `text`, sampling on while it is only a part of a character; empty where
 * the context is full. The end of the text is never drawn. Seeded by the sampling's seed and the position, so that the
 * same text goes on the same way.
 */
export function nextText(
  model: PreparedModel,
  tokenizer: Tokenizer,
  text: string,
  sampling: Sampling,
): string {
  const { ids } = tokenizer.encode(text);
  const { bos, eos } = model.spec.ids;
  const steps = generate(model, { ids }, sampler(samplingOptions(sampling), sampling.seed + ids.length), {
    maxTokens: MOST_PIECES,
    capture: [],
    stop: [],
    banned: [bos, eos].filter((id) => id !== null),
  });
  const before = tokenizer.decode(ids).length;
  for (const step of steps) {
    const added = tokenizer.decode([...step.ids, step.id]).slice(before);
    if (added !== "") return added;
  }
  return "";
}
