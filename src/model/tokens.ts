import type { Token } from "../engine/trace";
import type { Tokenizer } from "./tokenizer/tokenizer";

/** Ids as tokens: with their text where there is a tokenizer, else each id's number is its text. */
export function tokensOfIds(ids: readonly number[], tokenizer: Tokenizer | null): readonly Token[] {
  if (tokenizer !== null) return tokenizer.spell(ids).tokens;
  let start = 0;
  return ids.map((id, position) => {
    const text = String(id);
    const token = { id, text, start, end: start + text.length, word: position, special: false };
    start = token.end + 1;
    return token;
  });
}
