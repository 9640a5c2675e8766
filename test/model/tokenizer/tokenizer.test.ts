import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/model/json";
import { type Encoding, readTokenizer } from "../../../src/model/tokenizer/tokenizer";
import { problemOf } from "../support/problems";
import { BYTE_FALLBACK, BYTE_LEVEL, UNIGRAM, WORD_PIECE } from "../support/tokenizers";

const bytes = readTokenizer(BYTE_LEVEL);
const words = readTokenizer(WORD_PIECE);
const unigram = readTokenizer(UNIGRAM);
const fallback = readTokenizer(BYTE_FALLBACK);
const ALL = [
  ["byte-level BPE", bytes],
  ["WordPiece", words],
  ["Unigram", unigram],
  ["BPE with byte fallback", fallback],
] as const;

/** Text, span and word of each token, for reading. */
const told = ({ tokens }: Encoding) => tokens.map(({ text, start, end, word }) => [text, start, end, word]);

describe("byte-level BPE", () => {
  it("cuts at words, with the space before each", () => {
    const encoding = bytes.encode("sing the thing");
    expect(told(encoding)).toEqual([
      ["s", 0, 1, 0],
      ["ing", 1, 4, 0],
      [" the", 4, 8, 1],
      [" t", 8, 10, 2],
      ["h", 10, 11, 2],
      ["ing", 11, 14, 2],
    ]);
    expect(encoding.typeIds).toEqual([0, 0, 0, 0, 0, 0]);
    expect(encoding.sequences).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("gives the pieces of one character its span and text", () => {
    expect(told(bytes.encode("é😀我"))).toEqual([
      ...[0, 1].map(() => ["é", 0, 1, 0]),
      ...[0, 1, 2, 3].map(() => ["😀", 1, 3, 1]),
      ...[0, 1, 2].map(() => ["我", 3, 4, 2]),
    ]);
  });

  it("takes a special token that is typed for one token with a place in the text", () => {
    expect(bytes.encode("s<|endoftext|>s").tokens[1]).toEqual({
      id: 0,
      text: "<|endoftext|>",
      start: 1,
      end: 14,
      word: expect.any(Number),
      special: false,
    });
  });

  it("decodes what it encoded, and leaves special tokens out unless asked", () => {
    const text = "the é 😀 thing\n我 שלום";
    expect(bytes.decode(bytes.encode(text).ids)).toBe(text);
    expect(bytes.decode([0, ...bytes.encode("in").ids, 0])).toBe("in");
    expect(bytes.decode([0, ...bytes.encode("in").ids, 0], { special: true })).toBe(
      "<|endoftext|>in<|endoftext|>",
    );
  });

  it("spells emitted ids with the whole character, and half a character as its bytes", () => {
    const ids = bytes.encode("é").ids;
    expect(bytes.spell(ids).tokens.map(({ text }) => text)).toEqual(["é", "é"]);
    expect(bytes.spell(ids.slice(0, 1))).toEqual({
      text: "",
      tokens: [{ id: ids[0], text: "⟨C3⟩", start: 0, end: 0, word: -1, special: false }],
    });
  });
});

describe("WordPiece", () => {
  it("normalises, and keeps the offsets of what was typed", () => {
    expect(told(words.encode("The CAFÉ, unaffordable."))).toEqual([
      ["[CLS]", 0, 0, -1],
      ["The", 0, 3, 0],
      ["CAFÉ", 4, 8, 1],
      [",", 8, 9, 2],
      ["un", 10, 12, 3],
      ["afford", 12, 18, 3],
      ["able", 18, 22, 3],
      [".", 22, 23, 4],
      ["[SEP]", 23, 23, -1],
    ]);
  });

  it("sets ideographs apart, and strips accents that are written apart", () => {
    expect(told(words.encode("我爱你 nai\u0308ve")).slice(1, -1)).toEqual([
      ["我", 0, 1, 0],
      ["爱", 1, 2, 1],
      ["你", 2, 3, 2],
      ["nai\u0308ve", 4, 10, 3],
    ]);
  });

  it("says [UNK] for a whole word that it cannot spell", () => {
    expect(told(words.encode("the zebra"))[2]).toEqual(["[UNK]", 4, 9, 1]);
  });

  it("of an older file, which does not say its type, cuts the same", () => {
    const { type: _, ...model } = WORD_PIECE.model as JsonObject;
    const older = readTokenizer({ ...WORD_PIECE, model });
    expect(older.encode("the zebra, unaffordable")).toEqual(words.encode("the zebra, unaffordable"));
  });

  it("lets [MASK] swallow the space before it", () => {
    const { ids, tokens } = words.encode("the [MASK].");
    expect(ids).toEqual([2, 5, 4, 11, 3]);
    expect(tokens[2]).toMatchObject({ text: "[MASK]", special: false, end: 10 });
  });

  it("puts a pair into its template, with types and sequences", () => {
    const pair = words.encode("the cafe", { pair: "it" });
    expect(pair.ids).toEqual([2, 5, 6, 3, 15, 3]);
    expect(pair.typeIds).toEqual([0, 0, 0, 0, 1, 1]);
    expect(pair.sequences).toEqual([-1, 0, 0, -1, 1, -1]);
    expect(pair.tokens.map(({ special }) => special)).toEqual([true, false, false, true, false, true]);
    expect(pair.tokens[4]).toMatchObject({ start: 0, end: 2, word: 2 });
    expect(words.encode("the", { special: false }).ids).toEqual([5]);
  });

  it("joins its pieces when it decodes, without a space before a full stop", () => {
    expect(words.decode(words.encode("the unaffordable cafe.").ids)).toBe("the unaffordable cafe.");
  });
});

describe("Unigram", () => {
  it("takes the most probable cut and maps ▁ to the space that was typed", () => {
    expect(told(unigram.encode("the  cats"))).toEqual([
      ["the", 0, 3, 0],
      ["  cat", 3, 8, 1],
      ["s", 8, 9, 1],
      ["</s>", 9, 9, -1],
    ]);
  });

  it("keeps the offsets of a ligature that its normaliser spells out", () => {
    expect(told(unigram.encode("ﬁ"))).toEqual([
      ["▁", 0, 0, 0],
      ["ﬁ", 0, 1, 0],
      ["</s>", 1, 1, -1],
    ]);
  });

  it("fuses what it does not know into one <unk>", () => {
    const { ids, tokens } = unigram.encode("xyz猫");
    expect(ids).toEqual([3, 2, 12, 1]);
    expect(tokens[1]).toMatchObject({ text: "<unk>", start: 0, end: 3 });
  });

  it("decodes without its leading space", () => {
    expect(unigram.decode(unigram.encode("the cats").ids)).toBe("the cats");
  });
});

describe("BPE with byte fallback", () => {
  it("spells unknown characters in bytes that share a span", () => {
    const { ids, tokens } = fallback.encode("ab 猫ab");
    expect(ids).toEqual([1, 263, 259, 3 + 0xe7, 3 + 0x8c, 3 + 0xab, 262]);
    expect(tokens.slice(3, 6).map(({ text, start, end }) => [text, start, end])).toEqual(
      [0, 1, 2].map(() => ["猫", 3, 4]),
    );
    expect(fallback.decode(ids)).toBe("ab 猫ab");
  });
});

const NASTY = [
  "",
  " ",
  "\n\t\r\n",
  "\u0000\u0007\u001b[31m\u007f",
  "\ud83d",
  "\ude00\ud83d",
  "a\ud83d b",
  "👩‍👩‍👧‍👦🇫🇷🏳️‍🌈",
  "我爱你，世界！",
  "שלום עולם",
  "مرحبا \u200f\u200e\u202e",
  "e\u0301\u0301\u0301 ﷽ ﬁ Å",
  "ﾊﾞｶ 각 각",
  "<|endoftext|></s>[MASK]<pad>",
  "\ufffd\ufeff\u2028",
  "constructor __proto__ toString",
];

describe.each(ALL)("%s", (_, tokenizer) => {
  const check = (text: string) => {
    const encoding = tokenizer.encode(text);
    const { tokens, ids } = encoding;
    expect(ids).toHaveLength(tokens.length);
    let at = 0;
    for (const { id, start, end, text: shown } of tokens) {
      expect(Number.isInteger(id) && id >= 0 && id < tokenizer.size).toBe(true);
      expect(start <= end && end <= text.length && start >= 0).toBe(true);
      expect(end).toBeGreaterThanOrEqual(at);
      expect(shown).not.toMatch(/[\ufffd\p{Cs}]/u);
      at = end;
    }
    expect(tokenizer.decode(ids)).not.toContain("\ufffd");
    expect(tokenizer.spell(ids).tokens.map(({ id }) => id)).toEqual(ids);
  };

  it.each(NASTY)("takes %j: offsets in order, nothing drawn as a replacement character", check);

  it("takes any text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 40 }), check), { numRuns: 200 });
    fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), check), { numRuns: 100 });
  });

  it("takes 100 kB, in words and in one word, within seconds", () => {
    const begun = performance.now();
    for (const unit of ["the cat, 我爱你 😀 naïve ", "x", "猫"]) {
      const text = unit.repeat(Math.ceil(100_000 / unit.length));
      expect(tokenizer.encode(text).tokens.length).toBeGreaterThan(0);
    }
    expect(performance.now() - begun).toBeLessThan(15_000);
  });
});

describe("an unusable tokenizer", () => {
  it.each([
    ["a normalizer", { normalizer: { type: "Nmt2" } }],
    ["a pre-tokenizer", { pre_tokenizer: { type: "UnicodeScripts2" } }],
    ["a post-processor", { post_processor: { type: "Wrap" } }],
    ["a model", { model: { type: "Magic" } }],
    ["a pattern", { normalizer: { type: "Replace", pattern: { Glob: "*" }, content: "" } }],
    ["added tokens", { added_tokens: [{ content: "x" }] }],
    ["no type", { pre_tokenizer: {} }],
    ["a broken table", { normalizer: { type: "Precompiled", precompiled_charsmap: "!!" } }],
    ["a short table", { normalizer: { type: "Precompiled", precompiled_charsmap: "/////w==" } }],
  ])("with %s that is not known fails with badTokenizer", (_, changes) => {
    expect(problemOf(() => readTokenizer({ ...BYTE_LEVEL, ...changes })).code).toBe("badTokenizer");
  });
});
