import { describe, expect, it } from "vitest";
import { twinPlace } from "../../src/viz/twins";

describe("an entry of a list", () => {
  const all = (list: Parameters<typeof twinPlace>[0]) => list.map((_, at) => twinPlace(list, at));

  it("says where it stands only if another one looks the same", () => {
    expect(all(["the", "cat", "saw", "the", "dog"])).toEqual([0, null, null, 3, null]);
    expect(all(["The", "the"])).toEqual([null, null]);
    expect(twinPlace(["the"], 4)).toBe(null);
  });

  it("looks the same by what is shown of it, not by its bytes", () => {
    expect(all([{ text: "cat" }, { text: " cat" }, { text: " " }])).toEqual([0, 1, null]);
  });

  it("stands at its first token where it is a word of several", () => {
    const words = [
      { text: "un", pieces: [0, 1] },
      { text: "a", pieces: [2] },
      { text: "un", pieces: [3, 4] },
    ];
    expect(all(words)).toEqual([0, null, 3]);
  });
});
