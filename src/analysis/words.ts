import type { Tensor } from "../engine/tensor";
import type { Token } from "../engine/trace";
import { pattern, row } from "./matrix";

/** Pieces that are one word: consecutive tokens of one word index; a special token stands alone. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly special: boolean;
  /** Indices of its tokens, in order. */
  readonly pieces: readonly number[];
}

/** The words of a tokenised text, in order. */
export function wordsOf(tokens: readonly Token[]): readonly Word[] {
  const words: Word[] = [];
  tokens.forEach((token, index) => {
    const last = words.at(-1);
    const previous = tokens[index - 1];
    const joins =
      last !== undefined && !token.special && previous?.special === false && previous.word === token.word;
    if (joins && token.word >= 0) {
      const text = token.start === previous.start ? last.text : last.text + token.text;
      words[words.length - 1] = { ...last, text, end: token.end, pieces: [...last.pieces, index] };
    } else {
      const { text, start, end, special } = token;
      words.push({ text, start, end, special, pieces: [index] });
    }
  });
  return words;
}

/**
 * A pattern between words: attention to a word is the sum over its pieces, attention from it their mean, so rows still
 * sum to one. Equation 54 of docs/maths.md (Clark et al. 2019, §4.1). [query_pos, key_pos] → [query word, key word]
 */
export function betweenWords(pieces: Tensor, queries: readonly Word[], keys: readonly Word[]): Tensor {
  // Between words of one piece each it is the pattern itself, which a long text need not have copied.
  if ([...queries, ...keys].every((word) => word.pieces.length === 1)) return pieces;
  return pattern(queries.length, keys.length, (query, key) => {
    const from = queries[query]?.pieces ?? [];
    const to = keys[key]?.pieces ?? [];
    const total = from.reduce((sum, i) => {
      const attention = row(pieces, i);
      return sum + to.reduce((inner, j) => inner + (attention[j] ?? 0), 0);
    }, 0);
    return from.length === 0 ? 0 : total / from.length;
  });
}
