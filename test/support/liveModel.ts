import type { SiteName } from "../../src/engine/sites";
import type { DecodePart } from "../../src/worker/decoding";
import type { LiveModel } from "../../src/worker/liveModel";
import { SPEC, traceOf, wordTokens } from "./trace";

/** A model of words: one token per word, patterns made by hand, "!" as every next token. */
export function wordModel(id = "small"): LiveModel {
  const model: LiveModel = {
    facts: { id, spec: SPEC, parameters: 1234, reads: "text", kernels: "plain", unread: [] },
    vary: () => model,
    cut(input) {
      const tokens = wordTokens(
        "text" in input ? input.text : "ids" in input ? input.ids.join(" ") : "image",
      );
      return { tokens, input: { ids: tokens.map((token) => token.id) }, decoderTokens: null };
    },
    complete: (cut) => cut,
    trace: ({ tokens }) => traceOf(tokens.map((token) => token.text).join(" "), id),
    prepare: () => undefined,
    derive: ({ site }) => {
      const tensor = traceOf("a b c").sites[site as SiteName];
      if (tensor === undefined) throw new Error(`no site ${site}`);
      return tensor;
    },
    append: () => "!",
    *decode() {
      for (let depth = 1; depth <= 3; depth++) yield partOf(depth);
      return { texts: [{ node: 3, text: "!!!", logProbability: -3, score: -3, end: "max_tokens" }] };
    },
    gradients: () => ({}),
    readOut: (states) => states,
    vocabulary: () => ["a", "b"],
    weight: ({ at }) => (at === 9 ? null : Float32Array.of(at, at + 1)),
  };
  return model;
}

/** The search after `depth` steps: one "!" after the other. */
export function partOf(depth: number): DecodePart {
  const nodes = Array.from({ length: depth + 1 }, (_, at) => ({
    parent: at - 1,
    id: at === 0 ? -1 : 0,
    text: at === 0 ? "" : "!",
    depth: at,
    logProbability: at === 0 ? 0 : -1,
    total: -at,
    state: "open" as const,
  }));
  return { source: null, start: wordTokens("a"), nodes, reads: [{ node: depth - 1, looked: [] }] };
}
