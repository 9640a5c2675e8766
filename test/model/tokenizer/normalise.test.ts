import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aligned } from "../../../src/model/tokenizer/alignedText";
import { readNormaliser } from "../../../src/model/tokenizer/normalise";

/** What a normaliser makes of a text, each unit with the source that it stands for. */
function units(json: Parameters<typeof readNormaliser>[0], text: string) {
  const result = readNormaliser(json)(aligned(text));
  return Array.from({ length: result.text.length }, (_, i) => [
    result.text.charAt(i),
    text.slice(result.starts[i], result.ends[i]),
  ]);
}

/**
 * A table in SentencePiece's layout for one rule, ｆ → fi (its three UTF-8 bytes EF BD 86), as darts-clone lays it out:
 * each byte leads from a node to node ⊕ byte ⊕ offset.
 */
function oneRuleTable(): string {
  const key = [0xef, 0xbd, 0x86];
  const units = new Uint32Array(2048);
  const offsets = [0x100, 0x200, 0x300, 0x400];
  units[0] = (offsets[0] ?? 0) << 10;
  let node = offsets[0] ?? 0;
  for (const [depth, byte] of key.entries()) {
    node ^= byte;
    const leaf = depth === key.length - 1 ? 1 << 8 : 0;
    const offset = offsets[depth + 1] ?? 0;
    units[node] = (offset << 10) | leaf | byte;
    node ^= offset;
  }
  units[node] = 0x80000000;
  const pool = new TextEncoder().encode("fi\0");
  const bytes = new Uint8Array(4 + units.byteLength + pool.length);
  new DataView(bytes.buffer).setUint32(0, units.byteLength, true);
  bytes.set(new Uint8Array(units.buffer), 4);
  bytes.set(pool, 4 + units.byteLength);
  return btoa(String.fromCharCode(...bytes));
}

describe("a normaliser", () => {
  it.each([
    [{ type: "Lowercase" }, "İA", "i̇a"],
    [{ type: "NFD" }, "é", "e\u0301"],
    [{ type: "NFC" }, "e\u0301", "é"],
    [{ type: "NFKC" }, "ﬁ ﾊﾞ ①", "fi バ 1"],
    [{ type: "NFC" }, "\u1112\u1161\u11ab", "한"],
    [{ type: "StripAccents" }, "e\u0301", "e"],
    [{ type: "Strip", strip_left: true, strip_right: true }, "  a ", "a"],
    [{ type: "Strip", strip_left: false, strip_right: true }, " a ", " a"],
    [{ type: "Strip", strip_left: true, strip_right: true }, "   ", ""],
    [{ type: "Prepend", prepend: "▁" }, "a", "▁a"],
    [{ type: "Prepend", prepend: "▁" }, "", ""],
    [{ type: "Replace", pattern: { String: "." }, content: "!" }, "a.b", "a!b"],
    [{ type: "Replace", pattern: { Regex: "\\s{2,}" }, content: " " }, "a   b", "a b"],
    [
      { type: "BertNormalizer", clean_text: true, handle_chinese_chars: true, lowercase: true },
      "É\u0000\t我",
      "e  我 ",
    ],
    [{ type: "BertNormalizer", clean_text: false, lowercase: false, strip_accents: false }, "É\t", "É\t"],
    [
      { type: "Sequence", normalizers: [{ type: "NFD" }, { type: "StripAccents" }, { type: "Lowercase" }] },
      "ÀB",
      "ab",
    ],
    [{ type: "Precompiled", precompiled_charsmap: "" }, "aﬁ", "aﬁ"],
    [{ type: "Precompiled", precompiled_charsmap: oneRuleTable() }, "xｆｇ", "xfiｇ"],
    [null, "A", "A"],
  ] as const)("%j makes of %j %j", (json, text, expected) => {
    expect(
      units(json, text)
        .map(([unit]) => unit)
        .join(""),
    ).toBe(expected);
  });

  it("remembers what each unit stands for", () => {
    expect(units({ type: "NFKC" }, "aﬁe\u0301")).toEqual([
      ["a", "a"],
      ["f", "ﬁ"],
      ["i", "ﬁ"],
      ["é", "e\u0301"],
    ]);
    expect(units({ type: "Replace", pattern: { Regex: " +" }, content: "▁" }, "a  b")).toEqual([
      ["a", "a"],
      ["▁", "  "],
      ["b", "b"],
    ]);
  });

  it.each(["NFC", "NFD", "NFKC", "NFKD"] as const)("by clusters is %s of the whole text", (form) => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 12 }), (text) => {
        const whole = units({ type: form }, text)
          .map(([unit]) => unit)
          .join("");
        expect(whole).toBe(text.normalize(form));
      }),
    );
  });
});
