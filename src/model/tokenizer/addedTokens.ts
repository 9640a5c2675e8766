import { failure } from "../errors";
import type { Json, JsonObject } from "../json";
import { type AlignedText, part } from "./alignedText";
import { escaped } from "./regex";

/** A token that is cut out of the text before anything else. */
export interface AddedToken {
  readonly id: number;
  readonly content: string;
  readonly special: boolean;
  /** Whether it is looked for in the normalised text. */
  readonly normalized: boolean;
  readonly singleWord: boolean;
  /** Whether it swallows the spaces before or after it. */
  readonly lstrip: boolean;
  readonly rstrip: boolean;
}

/** The added_tokens of tokenizer.json. Fails with badTokenizer. */
export function readAddedTokens(json: Json | undefined): readonly AddedToken[] {
  if (json === undefined || json === null) return [];
  const bad = () => failure("badTokenizer", { reason: "added_tokens is not a list of tokens" });
  if (!Array.isArray(json)) throw bad();
  return json.map((item) => {
    if (typeof item !== "object" || item === null || Array.isArray(item)) throw bad();
    const token = item as JsonObject;
    if (typeof token.id !== "number" || typeof token.content !== "string") throw bad();
    const special = token.special === true;
    return {
      id: token.id,
      content: token.content,
      special,
      normalized: typeof token.normalized === "boolean" ? token.normalized : !special,
      singleWord: token.single_word === true,
      lstrip: token.lstrip === true,
      rstrip: token.rstrip === true,
    };
  });
}

/** A stretch of text: an added token, or text that is still to be cut. */
export interface Section {
  readonly of: AlignedText;
  readonly token: AddedToken | null;
}

/** Cuts a text at the added tokens, the longest first where several begin at one place. */
export function splitterOf(
  tokens: readonly (readonly [content: string, token: AddedToken])[],
): (of: AlignedText) => readonly Section[] {
  const byContent = new Map(tokens.filter(([content]) => content !== ""));
  if (byContent.size === 0) return (of) => [{ of, token: null }];
  const longestFirst = [...byContent.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map(escaped).join("|"), "gu");
  return (of) => {
    const sections: Section[] = [];
    let at = 0;
    for (const match of of.text.matchAll(pattern)) {
      const token = byContent.get(match[0]);
      let from = match.index;
      let to = from + match[0].length;
      if (token === undefined || from < at || (token.singleWord && insideWord(of.text, from, to))) continue;
      if (token.lstrip) from = Math.max(at, of.text.slice(0, from).trimEnd().length);
      if (token.rstrip) to = of.text.length - of.text.slice(to).trimStart().length;
      if (from > at) sections.push({ of: part(of, at, from), token: null });
      sections.push({ of: part(of, from, to), token });
      at = to;
    }
    if (at < of.text.length) sections.push({ of: part(of, at, of.text.length), token: null });
    return sections;
  };
}

function insideWord(text: string, from: number, to: number): boolean {
  const word = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}]/u;
  return word.test(text.charAt(from - 1)) || word.test(text.charAt(to));
}
