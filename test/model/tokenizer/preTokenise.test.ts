import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/model/json";
import { aligned } from "../../../src/model/tokenizer/alignedText";
import { readPreTokeniser } from "../../../src/model/tokenizer/preTokenise";

/** The pieces that a pre-tokeniser makes of a text. */
function cut(json: Json, text: string, first = true): readonly string[] {
  const of = aligned(text);
  const pieces = readPreTokeniser(json)({ of, cuts: text === "" ? [] : [[0, text.length]], first });
  return pieces.cuts.map(([from, to]) => pieces.of.text.slice(from, to));
}

const split = (behavior: string, invert = false): Json => ({
  type: "Split",
  pattern: { String: "-" },
  behavior,
  invert,
});

describe("a pre-tokeniser cuts as the reference does:", () => {
  it.each([
    [split("Removed"), ["the", "final", "countdown"]],
    [split("Isolated"), ["the", "-", "final", "-", "-", "countdown"]],
    [split("MergedWithPrevious"), ["the-", "final-", "-", "countdown"]],
    [split("MergedWithNext"), ["the", "-final", "-", "-countdown"]],
    [split("Contiguous"), ["the", "-", "final", "--", "countdown"]],
    [split("Removed", true), ["-", "-", "-"]],
  ] as const)("%j", (json, expected) => {
    expect(cut(json, "the-final--countdown")).toEqual(expected);
  });

  it.each([
    [{ type: "Whitespace" }, "Hey friend!  How's", ["Hey", "friend", "!", "How", "'", "s"]],
    [{ type: "WhitespaceSplit" }, " Hey friend! ", ["Hey", "friend!"]],
    [{ type: "BertPreTokenizer" }, "Hey, «you»...", ["Hey", ",", "«", "you", "»", ".", ".", "."]],
    [{ type: "Punctuation" }, "a,b!!", ["a", ",", "b", "!", "!"]],
    [{ type: "Punctuation", behavior: "Contiguous" }, "a,b!!", ["a", ",", "b", "!!"]],
    [{ type: "Digits", individual_digits: true }, "a12b", ["a", "1", "2", "b"]],
    [{ type: "Digits", individual_digits: false }, "a12b", ["a", "12", "b"]],
    [{ type: "CharDelimiterSplit", delimiter: "-" }, "a--b", ["a", "b"]],
    [{ type: "Metaspace", prepend_scheme: "always" }, "a b", ["▁a", "▁b"]],
    [{ type: "Metaspace", prepend_scheme: "never", split: false }, "a b", ["a▁b"]],
    [{ type: "Metaspace", add_prefix_space: false }, "a b", ["a", "▁b"]],
    [{ type: "ByteLevel", add_prefix_space: true }, "we'll go", ["Ġwe", "'ll", "Ġgo"]],
    [{ type: "ByteLevel", add_prefix_space: false }, "a  b\n", ["a", "Ġ", "Ġb", "Ċ"]],
    [
      {
        type: "Sequence",
        pretokenizers: [{ type: "WhitespaceSplit" }, { type: "Metaspace", prepend_scheme: "always" }],
      },
      "a b",
      ["▁a", "▁b"],
    ],
    [
      {
        type: "Sequence",
        pretokenizers: [
          {
            type: "Split",
            pattern: {
              Regex: "(?i:'s|'t)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+|\\s+",
            },
            behavior: "Isolated",
          },
          { type: "ByteLevel", add_prefix_space: false, use_regex: false },
        ],
      },
      "It'S 12345",
      ["It", "'S", "Ġ", "123", "45"],
    ],
  ] as const)("%j of %j", (json, text, expected) => {
    expect(cut(json as Json, text)).toEqual(expected);
  });

  it("Metaspace puts its mark in front of the first section only, where it says first", () => {
    const json = { type: "Metaspace", prepend_scheme: "first" };
    expect([cut(json, "a", true), cut(json, "a", false)]).toEqual([["▁a"], ["a"]]);
  });
});
