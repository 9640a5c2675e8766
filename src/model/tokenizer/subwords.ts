import type { Tokenizer as Library } from "@huggingface/tokenizers";

/** One piece of the vocabulary and the units of the pre-token that it covers. */
export interface Subword {
  readonly id: number;
  readonly from: number;
  readonly to: number;
}

export interface SubwordModel {
  /** The pieces of one pre-token. */
  cut(pretoken: string): readonly Subword[];
}

/** How one kind of model writes its pieces. */
interface Spelling {
  /** Prefix of a piece that continues a word (##), and suffix of one that ends it (</w>). */
  readonly prefix: string;
  readonly suffix: string;
  /** Whether the unknown token stands for the whole pre-token (WordPiece), or for one character. */
  readonly unknownWord: boolean;
  readonly fuseUnknown: boolean;
}

/** Longest pre-token whose cut is remembered, and how many are. */
const KEPT_LENGTH = 64;
const KEPT_COUNT = 20_000;

/** The model of a loaded tokenizer, with the place of every piece. */
export function subwordsOf(
  model: NonNullable<Library["model"]>,
  config: Readonly<Record<string, unknown>>,
): SubwordModel {
  const text = (key: string) => (typeof config[key] === "string" ? config[key] : "");
  const spelling: Spelling = {
    prefix: text("continuing_subword_prefix"),
    suffix: text("end_of_word_suffix"),
    // Older files leave the type out; WordPiece is the kind with a prefix and without merges.
    unknownWord: config.type === "WordPiece" || (config.type === undefined && !("merges" in config)),
    fuseUnknown: config.type === "Unigram" || Array.isArray(config.vocab) || config.fuse_unk === true,
  };
  const known = new Map<string, readonly Subword[]>();
  return {
    cut(pretoken) {
      const before = known.get(pretoken);
      if (before !== undefined) return before;
      const subwords = locate(pretoken, model.encode([pretoken]), model, spelling);
      const result = spelling.fuseUnknown ? fused(subwords, model.unk_token_id) : subwords;
      if (pretoken.length <= KEPT_LENGTH) {
        if (known.size >= KEPT_COUNT) known.clear();
        known.set(pretoken, result);
      }
      return result;
    },
  };
}

/** Finds each token in the pre-token, in order. */
function locate(
  pretoken: string,
  tokens: readonly string[],
  model: NonNullable<Library["model"]>,
  spelling: Spelling,
): readonly Subword[] {
  const result: Subword[] = [];
  let at = 0;
  let bytesLeft = 0;
  for (const token of tokens) {
    const id = model.tokens_to_ids.get(token) ?? model.unk_token_id;
    if (id === undefined) continue;
    if (/^<0x[0-9A-F]{2}>$/.test(token) && !pretoken.startsWith(token, at)) {
      const width = widthAt(pretoken, at);
      if (bytesLeft === 0) bytesLeft = new TextEncoder().encode(pretoken.slice(at, at + width)).length;
      bytesLeft--;
      result.push({ id, from: at, to: at + width });
      if (bytesLeft === 0) at += width;
      continue;
    }
    let body =
      at > 0 && spelling.prefix !== "" && token.startsWith(spelling.prefix)
        ? token.slice(spelling.prefix.length)
        : token;
    if (spelling.suffix !== "" && body.endsWith(spelling.suffix))
      body = body.slice(0, -spelling.suffix.length);
    const found = pretoken.startsWith(body, at) ? at : -1;
    if (found >= 0 && body !== "") {
      result.push({ id, from: at, to: at + body.length });
      at += body.length;
    } else if (spelling.unknownWord) {
      result.push({ id, from: 0, to: pretoken.length });
      at = pretoken.length;
    } else {
      const width = widthAt(pretoken, at);
      result.push({ id, from: at, to: at + width });
      at += width;
    }
  }
  return result;
}

/** UTF-16 units of the character at an offset: 2 for a surrogate pair, 0 past the end. */
function widthAt(text: string, at: number): number {
  return Math.min(text.length - at, (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
}

/** Runs of unknown pieces as one. */
function fused(subwords: readonly Subword[], unknown: number | undefined): readonly Subword[] {
  const result: Subword[] = [];
  for (const subword of subwords) {
    const last = result.at(-1);
    if (last !== undefined && subword.id === unknown && last.id === unknown) {
      result[result.length - 1] = { id: last.id, from: last.from, to: subword.to };
    } else result.push(subword);
  }
  return result;
}
