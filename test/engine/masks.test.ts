import { describe, expect, it } from "vitest";
import { hiddenCells, isCausal } from "../../src/engine/masks";

const rows = (cells: Uint8Array, width: number) =>
  Array.from({ length: cells.length / width }, (_, i) =>
    [...cells.subarray(i * width, (i + 1) * width)].join(""),
  );

describe("hiddenCells", () => {
  it("hides nothing, later keys, or keys outside a window", () => {
    expect(rows(hiddenCells({ kind: "none" }, 0, 2, 3, null), 3)).toEqual(["000", "000"]);
    expect(rows(hiddenCells({ kind: "causal" }, 0, 3, 3, null), 3)).toEqual(["011", "001", "000"]);
    const window = { kind: "window", size: 2 } as const;
    expect(rows(hiddenCells({ ...window, causal: true }, 0, 4, 4, null), 4)).toEqual([
      "0111",
      "0011",
      "1001",
      "1100",
    ]);
    expect(rows(hiddenCells({ ...window, causal: false }, 0, 3, 4, null), 4)).toEqual([
      "0011",
      "0001",
      "1000",
    ]);
  });

  it("starts at a later query, and hides padded keys from everyone", () => {
    expect(rows(hiddenCells({ kind: "causal" }, 1, 2, 3, null), 3)).toEqual(["001", "000"]);
    expect(rows(hiddenCells({ kind: "none" }, 0, 2, 3, [1, 0, 1]), 3)).toEqual(["010", "010"]);
  });
});

describe("isCausal", () => {
  it("is true where no later key can take any probability", () => {
    const maskValue = Number.NEGATIVE_INFINITY;
    expect(isCausal({ mask: { kind: "causal" }, maskValue })).toBe(true);
    expect(isCausal({ mask: { kind: "window", size: 3, causal: true }, maskValue })).toBe(true);
    expect(isCausal({ mask: { kind: "window", size: 3, causal: false }, maskValue })).toBe(false);
    expect(isCausal({ mask: { kind: "none" }, maskValue })).toBe(false);
    expect(isCausal({ mask: { kind: "causal" }, maskValue: -10_000 })).toBe(false);
  });
});
