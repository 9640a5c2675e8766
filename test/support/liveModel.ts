import type { LiveModel } from "../../src/worker/liveModel";
import { SPEC, traceOf, wordTokens } from "./trace";

/** A model of words: one token per word, patterns made by hand, "!" as every next token. */
export function wordModel(id = "small"): LiveModel {
  return {
    facts: { id, spec: SPEC, parameters: 1234 },
    cut(input) {
      const tokens = wordTokens("text" in input ? input.text : input.ids.join(" "));
      return { tokens, input: { ids: tokens.map((token) => token.id) } };
    },
    trace: ({ tokens }) => traceOf(tokens.map((token) => token.text).join(" "), id),
    append: () => "!",
    vocabulary: () => ["a", "b"],
    weight: ({ at }) => (at === 9 ? null : Float32Array.of(at, at + 1)),
  };
}
