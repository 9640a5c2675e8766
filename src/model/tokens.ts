import type { EmbedSpec } from "../engine/spec";
import type { Token } from "../engine/trace";
import type { Tokenizer } from "./tokenizer/tokenizer";

/** The positions of an image: the class token, then each patch by its row and column. */
export function patchTokens({
  height,
  width,
  patch,
}: Extract<EmbedSpec, { kind: "patches" }>): readonly Token[] {
  const columns = Math.floor(width / patch);
  const count = columns * Math.floor(height / patch);
  const none = { id: 0, start: 0, end: 0 };
  const patches = Array.from({ length: count }, (_, word) => {
    const text = `(${Math.floor(word / columns)},${word % columns})`;
    return { ...none, text, word, special: false };
  });
  return [{ ...none, text: "[CLS]", word: -1, special: true }, ...patches];
}

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
