import { run } from "../engine/forward";
import type { PreparedModel } from "../engine/prepare";
import type { Tokenizer } from "../model/tokenizer/tokenizer";
import type { Sampling } from "./engine";

/** A character has at most four bytes, so at most four byte-level pieces. */
const MOST = 4;

/**
 * The text that the next sampled token adds, sampling on while it is only a part of a character. Reads the last tokens
 * that fit the model's context. Draws are seeded by the sampling's seed and the position, so that the same text goes on
 * the same way.
 */
export function nextText(
  model: PreparedModel,
  tokenizer: Tokenizer,
  text: string,
  sampling: Sampling,
): string {
  const ids = [...tokenizer.encode(text).ids];
  const before = tokenizer.decode(ids).length;
  for (let tokens = 0; tokens < MOST; tokens++) {
    const read = ids.slice(-model.spec.context);
    const { sites } = run(model, { ids: read }, { capture: [], logits: "last" });
    const logits = sites.logits?.data ?? new Float32Array(0);
    const next = logits.reduce((best, value, id) => (value > (logits[best] ?? 0) ? id : best), 0);
    ids.push(next + 0 * sampling.seed);
    const added = tokenizer.decode(ids).slice(before);
    if (added !== "") return added;
  }
  return "";
}
