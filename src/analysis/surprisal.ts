import type { Tensor } from "../engine/tensor";
import { log2Softmax, logitsAt } from "./distribution";

/** How expected one typed token was, given those before it. */
export interface Surprisal {
  /** −log₂ of its probability, in bits. */
  readonly bits: number;
  readonly probability: number;
  /** 1 for the likeliest token of the vocabulary. */
  readonly rank: number;
}

/**
 * Surprisal of every token from the second on: position n − 1 predicts token n. The first has none (null): nothing stands
 * before it. Equation 56 of docs/maths.md. For models that read from left to right. Logits [pos, d_vocab]
 */
export function surprisals(logits: Tensor, ids: readonly number[]): readonly (Surprisal | null)[] {
  return ids.map((id, position) => {
    if (position === 0) return null;
    const log2 = log2Softmax(logitsAt(logits, position - 1));
    const own = log2[id] ?? -Infinity;
    return { bits: -own, probability: 2 ** own, rank: 1 + log2.filter((other) => other > own).length };
  });
}

/** What the tokens cost together: the sum in bits, the probability of the text, and 2^(bits per token). */
export function textProbability(tokens: readonly (Surprisal | null)[]): {
  readonly bits: number;
  readonly probability: number;
  readonly perplexity: number;
} {
  const scored = tokens.filter((token) => token !== null);
  const bits = scored.reduce((sum, token) => sum + token.bits, 0);
  return { bits, probability: 2 ** -bits, perplexity: scored.length === 0 ? 1 : 2 ** (bits / scored.length) };
}
