import { failure } from "../errors";
import type { Json } from "../json";
import { AlignedBuilder, type AlignedText, spanOf } from "./alignedText";
import { BYTE_CHARACTERS } from "./byteAlphabet";
import { patternOf } from "./regex";
import { type Behaviour, split } from "./split";
import { type Step, stepOf, stepsOf, textOf } from "./step";

/** A text and where it is cut: units from…to of each piece, in order. */
export interface Pieces {
  readonly of: AlignedText;
  readonly cuts: readonly (readonly [from: number, to: number])[];
  /** Whether the text is at the very start of the source: some tokenizers put a space only there. */
  readonly first: boolean;
}

export type PreTokeniser = (pieces: Pieces) => Pieces;

// White_Space instead of \s: JavaScript's \s has U+FEFF and lacks U+0085, unlike the reference's.
const SPACES = /\p{White_Space}+/gu;
const GPT2_WORDS =
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;
const PUNCTUATION = /[\p{P}!-/:-@[-`{-~]/gu;
const WORDS =
  /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]+|[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}\p{White_Space}]+/gu;

/** The pre-tokeniser that tokenizer.json describes. Fails with badTokenizer for one that is not known. */
export function readPreTokeniser(json: Json | undefined): PreTokeniser {
  const step = stepOf(json, "pre-tokenizer");
  return step === null ? (pieces) => pieces : preTokeniserOf(step);
}

function preTokeniserOf(step: Step): PreTokeniser {
  switch (step.type) {
    case "Sequence": {
      const parts = stepsOf(step.pretokenizers, "pre-tokenizer").map(preTokeniserOf);
      return (pieces) => parts.reduce((result, cut) => cut(result), pieces);
    }
    case "ByteLevel":
      return byteLevel(step.add_prefix_space !== false, step.use_regex !== false);
    case "Whitespace":
      return (pieces) => split(pieces, WORDS, "Removed", true);
    case "WhitespaceSplit":
      return (pieces) => split(pieces, SPACES, "Removed", false);
    case "BertPreTokenizer":
      return (pieces) => split(split(pieces, SPACES, "Removed", false), PUNCTUATION, "Isolated", false);
    case "Metaspace":
      return metaspace(step);
    case "Split": {
      const pattern = patternOf(step.pattern);
      const behaviour = behaviourOf(step.behavior, "Removed");
      return (pieces) => split(pieces, pattern, behaviour, step.invert === true);
    }
    case "Punctuation": {
      const behaviour = behaviourOf(step.behavior, "Isolated");
      return (pieces) => split(pieces, PUNCTUATION, behaviour, false);
    }
    case "Digits": {
      const behaviour = step.individual_digits === true ? "Isolated" : "Contiguous";
      return (pieces) => split(pieces, /\p{N}/gu, behaviour, false);
    }
    case "CharDelimiterSplit": {
      const pattern = patternOf({ String: textOf(step.delimiter, " ") });
      return (pieces) => split(pieces, pattern, "Removed", false);
    }
    default:
      throw failure("badTokenizer", { reason: `the pre-tokenizer ${step.type} is not supported` });
  }
}

const BEHAVIOURS: readonly Behaviour[] = [
  "Removed",
  "Isolated",
  "MergedWithPrevious",
  "MergedWithNext",
  "Contiguous",
];

function behaviourOf(value: Json | undefined, fallback: Behaviour): Behaviour {
  const name = textOf(value, fallback).toLowerCase();
  const known = BEHAVIOURS.find((behaviour) => behaviour.toLowerCase() === name);
  if (known === undefined) throw failure("badTokenizer", { reason: `unknown split behavior ${name}` });
  return known;
}

/** Rewrites every piece with a builder; `write` adds the piece's new text. */
function rewrite(pieces: Pieces, write: (out: AlignedBuilder, from: number, to: number) => void): Pieces {
  const out = new AlignedBuilder();
  const cuts = pieces.cuts.map(([from, to]) => {
    const start = out.length;
    write(out, from, to);
    return [start, out.length] as const;
  });
  return { of: out.build(), cuts, first: pieces.first };
}

/** Words in GPT-2's sense, then each byte of UTF-8 as one visible character. */
function byteLevel(prefixSpace: boolean, useRegex: boolean): PreTokeniser {
  return (pieces) => {
    const spaced = prefixSpace ? withPrefix(pieces, " ", (text) => !text.startsWith(" ")) : pieces;
    const cut = useRegex ? split(spaced, GPT2_WORDS, "Removed", true) : spaced;
    return rewrite(cut, (out, from, to) => writeBytes(out, cut.of, from, to));
  };
}

function writeBytes(out: AlignedBuilder, of: AlignedText, from: number, to: number): void {
  for (let i = from; i < to; ) {
    const point = of.text.codePointAt(i) ?? 0;
    const width = point > 0xffff ? 2 : 1;
    const [start, end] = spanOf(of, i, i + width);
    for (const byte of utf8(point)) out.add(BYTE_CHARACTERS[byte] ?? "", start, end);
    i += width;
  }
}

/** UTF-8 of a code point; a lone surrogate is the replacement character, as in every encoder. */
function utf8(point: number): readonly number[] {
  if (point >= 0xd800 && point <= 0xdfff) return [0xef, 0xbf, 0xbd];
  if (point < 0x80) return [point];
  if (point < 0x800) return [0xc0 | (point >> 6), 0x80 | (point & 0x3f)];
  if (point < 0x10000) return [0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f)];
  return [
    0xf0 | (point >> 18),
    0x80 | ((point >> 12) & 0x3f),
    0x80 | ((point >> 6) & 0x3f),
    0x80 | (point & 0x3f),
  ];
}

/** SentencePiece's spaces: each becomes ▁, one is put before the text, and pieces start at them. */
function metaspace(step: Step): PreTokeniser {
  const mark = textOf(step.replacement, "▁");
  const scheme = textOf(step.prepend_scheme, step.add_prefix_space === false ? "never" : "always");
  return (pieces) => {
    const marked = rewrite(pieces, (out, from, to) => {
      for (let i = from; i < to; i++) {
        if (pieces.of.text.charAt(i) === " ") out.add(mark, ...spanOf(pieces.of, i, i + 1));
        else out.copy(pieces.of, i, i + 1);
      }
    });
    const wanted = scheme === "always" || (scheme === "first" && pieces.first);
    const started = wanted ? withPrefix(marked, mark, (text) => !text.startsWith(mark)) : marked;
    return step.split === false
      ? started
      : split(started, patternOf({ String: mark }), "MergedWithNext", false);
  };
}

/** Puts `prefix` before every piece that wants it; it stands for nothing in the source. */
function withPrefix(pieces: Pieces, prefix: string, wanted: (text: string) => boolean): Pieces {
  return rewrite(pieces, (out, from, to) => {
    if (wanted(pieces.of.text.slice(from, to))) out.add(prefix, ...spanOf(pieces.of, from, from));
    out.copy(pieces.of, from, to);
  });
}
