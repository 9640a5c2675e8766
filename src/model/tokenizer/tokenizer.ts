import { Tokenizer as Library } from "@huggingface/tokenizers";
import type { Token } from "../../engine/trace";
import { failure, ModelError } from "../errors";
import type { JsonObject } from "../json";
import { readAddedTokens, type Section, splitterOf } from "./addedTokens";
import { aligned, spanOf } from "./alignedText";
import { displayText } from "./display";
import { readNormaliser } from "./normalise";
import { readPreTokeniser } from "./preTokenise";
import { spellerOf } from "./spell";
import { type Spelled, spell, wordOfSpan } from "./spelling";
import { subwordsOf } from "./subwords";
import { readTemplate } from "./template";
import { wordsOf } from "./words";

export interface Encoding {
  readonly ids: readonly number[];
  /** `start`/`end` are offsets into the text that the token came from; words of a second text count on. */
  readonly tokens: readonly Token[];
  readonly typeIds: readonly number[];
  /** Which of the two texts each token came from; −1 for the special tokens around them. */
  readonly sequences: readonly (-1 | 0 | 1)[];
}

export interface EncodeOptions {
  /** The second text of a pair. */
  readonly pair?: string;
  /** Whether to put the model's special tokens around the text; true when left out. */
  readonly special?: boolean;
}

/** A tokenizer.json at work. */
export interface Tokenizer {
  encode(text: string, options?: EncodeOptions): Encoding;
  /** Text of ids; special tokens are left out unless asked for, and bytes that are no UTF-8 add nothing. */
  decode(ids: readonly number[], options?: { readonly special?: boolean }): string;
  /** Ids as tokens, with the text that they spell; special tokens are marked. */
  spell(ids: readonly number[]): Spelled;
  /** The id of a piece of the vocabulary, or null. */
  idOf(piece: string): number | null;
  /** The piece of an id as the vocabulary writes it, or null. */
  pieceOf(id: number): string | null;
  /** Number of pieces, added tokens included. */
  readonly size: number;
}

/** Reads tokenizer.json (already parsed). Fails with badTokenizer. */
export function readTokenizer(json: JsonObject): Tokenizer {
  const added = readAddedTokens(json.added_tokens);
  const normalise = readNormaliser(json.normalizer);
  const preTokenise = readPreTokeniser(json.pre_tokenizer);
  const template = readTemplate(json.post_processor);
  const { model } = openLibrary(json);
  if (model === null) throw failure("badTokenizer", { reason: "it has no model" });
  const subwords = subwordsOf(model, json.model as JsonObject);
  const speller = spellerOf(json);
  const splitRaw = splitterOf(added.filter((t) => !t.normalized).map((t) => [t.content, t]));
  const splitNormalised = splitterOf(
    added.filter((t) => t.normalized).map((t) => [normalise(aligned(t.content)).text, t]),
  );
  const special = new Map(added.filter((t) => t.special).map((t) => [t.id, t.content]));
  const pieceOf = (id: number) => model.vocab[id] ?? null;

  const sectionTokens = ({ of, token }: Section, first: boolean, source: Source): readonly Token[] => {
    if (token !== null)
      return [source.token(token.id, displayText(token.content), ...spanOf(of, 0, of.text.length))];
    if (of.text === "") return [];
    const pieces = preTokenise({ of, cuts: [[0, of.text.length]], first });
    return pieces.cuts.flatMap(([from, to]) =>
      subwords.cut(pieces.of.text.slice(from, to)).map((subword) => {
        const [start, end] = spanOf(pieces.of, from + subword.from, from + subword.to);
        return source.token(subword.id, shownPiece(subword.id, source.text.slice(start, end)), start, end);
      }),
    );
  };
  /** What a piece shows: the source that it stands for; its own spelling where it stands for none, or for what it does not know. */
  const shownPiece = (id: number, text: string) =>
    text === "" || id === model.unk_token_id ? displayText(pieceOf(id) ?? "") : displayText(text);

  const encodeText = (text: string, firstWord: number): readonly Token[] => {
    const source = sourceOf(text, firstWord);
    return splitRaw(aligned(text)).flatMap((section, index) => {
      if (section.token !== null) return sectionTokens(section, false, source);
      const sections = splitNormalised(normalise(section.of));
      return sections.flatMap((inner, at) => sectionTokens(inner, index === 0 && at === 0, source));
    });
  };

  const spellIds = (ids: readonly number[]) => {
    let first = true;
    return spell(
      ids.map((id) => {
        const name = special.get(id) ?? null;
        const bytes = name === null ? speller(pieceOf(id) ?? "", first) : new Uint8Array(0);
        if (name === null) first = false;
        return { id, bytes, special: name };
      }),
    );
  };

  return {
    encode(text, { pair, special: around = true } = {}) {
      const texts = [encodeText(text, 0)];
      if (pair !== undefined) texts.push(encodeText(pair, 1 + maxWord(texts[0] ?? [])));
      const slots = (pair === undefined ? template.single : template.pair).filter(
        (slot) => around || slot.kind === "sequence",
      );
      const places: { token: Token; type: number; sequence: -1 | 0 | 1 }[] = [];
      let place = 0;
      for (const slot of slots) {
        if (slot.kind === "special") {
          const name = displayText(pieceOf(slot.id) ?? "");
          const token = { id: slot.id, text: name, start: place, end: place, word: -1, special: true };
          places.push({ token, type: slot.type, sequence: -1 });
          continue;
        }
        const tokens = texts[slot.which] ?? [];
        for (const token of tokens) places.push({ token, type: slot.type, sequence: slot.which });
        place = tokens.at(-1)?.end ?? place;
      }
      return {
        ids: places.map(({ token }) => token.id),
        tokens: places.map(({ token }) => token),
        typeIds: places.map(({ type }) => type),
        sequences: places.map(({ sequence }) => sequence),
      };
    },
    decode(ids, { special: shown = false } = {}) {
      if (!shown) return spellIds(ids.filter((id) => !special.has(id))).text;
      const { text, tokens } = spellIds(ids);
      let at = 0;
      const parts = tokens.map((token) => {
        const before = text.slice(at, token.end);
        at = Math.max(at, token.end);
        return token.special ? `${before}${token.text}` : before;
      });
      return parts.join("");
    },
    spell: spellIds,
    idOf: (piece) => model.tokens_to_ids.get(piece) ?? null,
    pieceOf,
    size: model.vocab.length,
  };
}

/** One typed text: makes its tokens, with their words. */
interface Source {
  readonly text: string;
  token(id: number, text: string, start: number, end: number): Token;
}

function sourceOf(text: string, firstWord: number): Source {
  const words = wordsOf(text);
  return {
    text,
    token(id, shown, start, end) {
      const at = Math.min(start, text.length - 1);
      const word = firstWord + Math.max(0, wordOfSpan(words, text, at, Math.max(end, at + 1)));
      return { id, text: shown, start, end, word, special: false };
    },
  };
}

function maxWord(tokens: readonly Token[]): number {
  return tokens.reduce((max, token) => Math.max(max, token.word), -1);
}

function openLibrary(json: JsonObject): Library {
  const complete = {
    normalizer: null,
    pre_tokenizer: null,
    post_processor: null,
    decoder: null,
    added_tokens: [],
    ...json,
  };
  try {
    return new Library(complete, {});
  } catch (error) {
    if (error instanceof ModelError) throw error;
    throw failure("badTokenizer", { reason: error instanceof Error ? error.message : String(error) });
  }
}
