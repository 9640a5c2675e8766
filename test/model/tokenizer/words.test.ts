import { describe, expect, it } from "vitest";
import { displayText } from "../../../src/model/tokenizer/display";
import { wordsOf } from "../../../src/model/tokenizer/words";

/** The text of each word, spaces included. */
function words(text: string): readonly string[] {
  const index = wordsOf(text);
  const result: string[] = [];
  for (let i = 0; i < text.length; i++)
    result[index[i] ?? 0] = (result[index[i] ?? 0] ?? "") + text.charAt(i);
  return result;
}

describe("words", () => {
  it.each([
    ["The animal didn't cross.", ["The", " animal", " didn't", " cross", "."]],
    ["well-known 3rd «x»", ["well-known", " 3rd", " «", "x", "»"]],
    ["我爱你 ok", ["我", "爱", "你", " ok"]],
    ["カタカナと漢字", ["カタカナと", "漢", "字"]],
    ["שלום עולם", ["שלום", " עולם"]],
    ["a  ", ["a  "]],
    ["", []],
  ])("of %j are %j", (text, expected) => {
    expect(words(text)).toEqual(expected);
  });
});

describe("a piece of text is drawn", () => {
  it.each([
    ["tab\tline\n", "tab\tline\n"],
    ["\u0000\u001b", "⟨0000⟩⟨001B⟩"],
    ["\ud83d", "⟨D83D⟩"],
    ["😀", "😀"],
    ["\ufffd", "⟨FFFD⟩"],
  ])("%j as %j", (text, expected) => {
    expect(displayText(text)).toBe(expected);
  });
});
