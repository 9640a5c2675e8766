import { generate, greedy } from "../engine/decode/generate";
import { startIds } from "../engine/decode/prefix";
import type { PreparedModel } from "../engine/prepare";
import type { Tokenizer } from "../model/tokenizer/tokenizer";
import { tokensOfIds } from "../model/tokens";
import type { Cut } from "./cut";
import { endings } from "./decode";

/** The longest text that is written for a decoder that nothing was typed for. */
const LONGEST = 64;

/**
 * A cut whose decoder has something to read: what was typed for it, else what the model itself writes, the likeliest
 * token each time. Models of one stack are left as they are.
 */
export function translated(model: PreparedModel, tokenizer: Tokenizer | null, cut: Cut): Cut {
  const { stacks } = model.spec;
  if (stacks.length === 1 || cut.decoderTokens !== null || cut.tokens.length === 0) return cut;
  const options = { maxTokens: LONGEST, capture: [], ...endings(model.spec) };
  const emitted = [...generate(model, cut.input, greedy, options)].map((step) => step.id);
  const open = emitted.filter((id) => !options.stop.includes(id));
  const decoderIds = [...startIds(model.spec, cut.input), ...open].slice(0, model.spec.context);
  return { ...cut, input: { ...cut.input, decoderIds }, decoderTokens: tokensOfIds(decoderIds, tokenizer) };
}
