import { type Word, wordsOf } from "../../analysis/words";
import type { Token } from "../../engine/trace";
import { tokenText } from "../../viz/tokenText";

/** What a line ends at: a word or a piece. */
export interface Unit extends Word {
  /** Its number and text: the same as long as it stays where it is. */
  readonly name: string;
  /** Which sentence of a pair it belongs to; 0 where there is one. */
  readonly sentence: number;
}

/** The words of a text, or its pieces. `types`: the sentence of each token. */
export function unitsOf(
  tokens: readonly Token[],
  asWords: boolean,
  types: readonly number[] | null,
): readonly Unit[] {
  const words = asWords
    ? wordsOf(tokens)
    : tokens.map(({ text, start, end, special }, at) => ({ text, start, end, special, pieces: [at] }));
  return words.map((word, at) => ({
    ...word,
    text: tokenText(word.text),
    name: `${at} ${word.text}`,
    sentence: types?.[word.pieces[0] ?? 0] ?? 0,
  }));
}

/** The unit that a token belongs to; −1 for none. */
export function unitAt(units: readonly Unit[], token: number): number {
  return units.findIndex((unit) => unit.pieces.includes(token));
}
