import type { JsonObject } from "../../../src/model/json";
import { BYTE_FALLBACK, BYTE_LEVEL, UNIGRAM, WORD_PIECE } from "./tokenizers";

/** The four kinds, and the ways in which well-known models differ from them, by the names of reference.json. */
export const VARIANTS: Readonly<Record<string, JsonObject>> = {
  byteLevel: BYTE_LEVEL,
  wordPiece: WORD_PIECE,
  unigram: UNIGRAM,
  byteFallback: BYTE_FALLBACK,
  byteLevelWithSpaceInFront: {
    ...BYTE_LEVEL,
    pre_tokenizer: { type: "ByteLevel", add_prefix_space: true, trim_offsets: true, use_regex: true },
  },
  likeQwen: {
    ...BYTE_LEVEL,
    normalizer: { type: "NFC" },
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        {
          type: "Split",
          pattern: {
            Regex:
              "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
          },
          behavior: "Isolated",
          invert: false,
        },
        { type: "ByteLevel", add_prefix_space: false, trim_offsets: false, use_regex: false },
      ],
    },
  },
  wordPieceCased: {
    ...WORD_PIECE,
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: false,
    },
  },
  wordPieceByWords: {
    ...WORD_PIECE,
    normalizer: {
      type: "Sequence",
      normalizers: [{ type: "NFD" }, { type: "StripAccents" }, { type: "Lowercase" }],
    },
    pre_tokenizer: { type: "Whitespace" },
  },
  likeT5: {
    ...UNIGRAM,
    normalizer: {
      type: "Sequence",
      normalizers: [
        { type: "Strip", strip_left: false, strip_right: true },
        { type: "Replace", pattern: { Regex: " {2,}" }, content: "▁" },
      ],
    },
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "WhitespaceSplit" },
        { type: "Metaspace", replacement: "▁", prepend_scheme: "always", split: true },
      ],
    },
  },
};
