import { describe, expect, it } from "vitest";
import { tokenText } from "../../src/viz/tokenText";

describe("the text of a token", () => {
  it.each([
    [" word", "word"],
    [" ", "␣"],
    ["\n\t", "↵⇥"],
    ["\u2028", "U+2028"],
    ["\u200b", "U+200B"],
    ["\u200d", "U+200D"],
    ["\ufe0f", "U+FE0F"],
    ["\u202eab", "U+202Eab"],
    ["می\u200cروم", "می\u200cروم"],
    ["👩\u200d👧", "👩\u200d👧"],
  ])("of %j is shown as %j", (text, expected) => {
    expect(tokenText(text)).toBe(expected);
  });
});
