import type { Json } from "../json";
import { bytesOfPiece } from "./byteAlphabet";
import { stepOf, stepsOf, textOf } from "./step";

/** The bytes that a piece of the vocabulary adds to a decoded text. `first`: it opens the text. */
export type Speller = (piece: string, first: boolean) => Uint8Array;

interface Rules {
  readonly bytes: boolean;
  /** Character that stands for a space, e.g. ▁. */
  readonly mark: string | null;
  /** WordPiece: pieces are set apart by spaces unless they begin with this. */
  readonly wordPrefix: string | null;
  /** WordPiece: no space before the marks that end a clause. */
  readonly cleanup: boolean;
  /** Suffix of the last piece of a word, e.g. </w>. */
  readonly suffix: string;
}

/** How the pieces of a tokenizer are written as text: read from its decoder, and where it has none from its pre-tokenizer. */
export function spellerOf(tokenizer: Readonly<Record<string, Json>>): Speller {
  const rules = rulesOf(tokenizer.decoder ?? tokenizer.pre_tokenizer, tokenizer.model);
  const encoder = new TextEncoder();
  return (piece, first) => {
    const byte = /^<0x([0-9A-F]{2})>$/.exec(piece)?.[1];
    if (byte !== undefined) return Uint8Array.of(Number.parseInt(byte, 16));
    if (rules.bytes) return bytesOfPiece(piece) ?? encoder.encode(piece);
    return encoder.encode(spelled(piece, first, rules));
  };
}

function spelled(piece: string, first: boolean, { mark, wordPrefix, cleanup, suffix }: Rules): string {
  if (mark !== null) {
    const text = piece.replaceAll(mark, " ");
    return first && text.startsWith(" ") ? text.slice(1) : text;
  }
  if (wordPrefix !== null) {
    if (piece.startsWith(wordPrefix)) return piece.slice(wordPrefix.length);
    return first || (cleanup && /^[.,?!]$/.test(piece)) ? piece : ` ${piece}`;
  }
  return suffix !== "" && piece.endsWith(suffix) ? `${piece.slice(0, -suffix.length)} ` : piece;
}

function rulesOf(decoder: Json | undefined, model: Json | undefined): Rules {
  const step = stepOf(decoder, "decoder");
  const steps = step?.type === "Sequence" ? stepsOf(step.decoders ?? step.pretokenizers, "decoder") : [];
  const all = step === null ? [] : [step, ...steps];
  const find = (type: string) => all.find((item) => item.type === type);
  const metaspace = find("Metaspace");
  const replacesMark = all.some((item) => item.type === "Replace" && item.content === " ");
  const wordPiece = find("WordPiece");
  const bpe = find("BPEDecoder");
  const suffix = (model as { end_of_word_suffix?: Json } | undefined)?.end_of_word_suffix;
  return {
    bytes: find("ByteLevel") !== undefined,
    mark: metaspace !== undefined ? textOf(metaspace.replacement, "▁") : replacesMark ? "▁" : null,
    wordPrefix: wordPiece === undefined ? null : textOf(wordPiece.prefix, "##"),
    cleanup: wordPiece?.cleanup !== false,
    suffix: bpe === undefined ? textOf(suffix, "") : textOf(bpe.suffix, "</w>"),
  };
}
