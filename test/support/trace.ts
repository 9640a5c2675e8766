import type { ModelSpec } from "../../src/engine/spec";
import type { Tensor } from "../../src/engine/tensor";
import type { Token, Trace } from "../../src/engine/trace";

/** The spec of a small causal model: 2 layers × 3 heads, 8 tokens of context. */
export const SPEC: ModelSpec = {
  family: "gpt2",
  context: 8,
  stacks: [
    {
      name: "blocks",
      dModel: 12,
      embed: {
        kind: "tokens",
        vocab: 50,
        width: 12,
        scale: 1,
        positions: { kind: "learned", offset: 0, length: 8, skipId: null },
        types: 0,
        norm: null,
        projection: false,
      },
      layers: [0, 1].map((layer) => ({
        norm: { kind: "layer", eps: 1e-5 },
        place: "pre",
        parallel: false,
        residual: true,
        attn: {
          nHeads: 3,
          nKvHeads: 3,
          dHead: 4,
          scale: 0.5,
          positions: { kind: "none" },
          mask: { kind: "causal" },
          maskValue: Number.NEGATIVE_INFINITY,
          score: { kind: "dot" },
          normaliser: { kind: "softmax", temperature: 1 },
        },
        cross: null,
        mlp: { dMlp: 48, activation: "gelu_tanh", gated: false },
        weightsOf: layer,
      })),
      finalNorm: { kind: "layer", eps: 1e-5 },
    },
  ],
  heads: [{ kind: "lm", transform: null, scale: 1 }],
  ids: { bos: null, eos: null, pad: null, mask: null, cls: null, sep: null, decoderStart: null },
};

/** One token per word of a text. */
export function wordTokens(text: string): Token[] {
  return [...text.matchAll(/\S+/g)].map((match, word) => ({
    id: word,
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
    word,
    special: false,
  }));
}

/**
 * A trace of the words of a text with hand-made patterns: every query of every head looks at itself, save in layer 1,
 * head 2, where each looks at the first word.
 */
export function traceOf(text: string, modelId = "small"): Trace {
  const tokens = wordTokens(text);
  const n = tokens.length;
  const pattern = (layer: number): Tensor => {
    const data = new Float32Array(3 * n * n);
    for (let head = 0; head < 3; head++) {
      for (let query = 0; query < n; query++) {
        const key = layer === 1 && head === 2 ? 0 : query;
        data[(head * n + query) * n + key] = 1;
      }
    }
    return { data, shape: [3, n, n], axes: ["head", "query_pos", "key_pos"] };
  };
  return {
    modelId,
    spec: SPEC,
    tokens,
    decoderTokens: null,
    sites: { "blocks.0.attn.hook_pattern": pattern(0), "blocks.1.attn.hook_pattern": pattern(1) },
  };
}
