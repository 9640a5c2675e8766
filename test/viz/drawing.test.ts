import { expect, test } from "vitest";
import { moments } from "../../src/viz/moments";
import { fillOf, rampOf } from "../../src/viz/ramp";
import { strip } from "../../src/viz/strip";
import { paintThumbnails, tileSize } from "../../src/viz/thumbnails";
import { tokenText } from "../../src/viz/tokenText";
import { wiring } from "../../src/viz/wiring";

test("a strip pools neighbours to the one that is farthest from zero", () => {
  const ramp = rampOf("diverging", "light");
  const cells = strip(Float32Array.of(0.1, -0.9, 0.2, 0.3), 100, 2, ramp, 1);
  expect(cells).toEqual([
    { x: 0, width: 50, colour: fillOf(ramp, Math.fround(-0.9), 1) },
    { x: 50, width: 50, colour: fillOf(ramp, Math.fround(0.3), 1) },
  ]);
});

test("moments are those of LayerNorm: the variance is biased", () => {
  const { mean, deviation } = moments(Float32Array.of(1, 3));
  expect(mean).toBe(2);
  expect(deviation).toBeCloseTo(1, 12);
});

test("thumbnails lie at their pitch and leave the gaps clear", () => {
  const target = { data: new Uint8ClampedArray(5 * 2 * 4), width: 5, height: 2 };
  const one = { data: Float32Array.of(1), rows: 1, columns: 1 };
  paintThumbnails(target, [[one, one]], { tile: 2, pitch: 3 }, rampOf("sequential", "light"));
  const alpha = Array.from({ length: 10 }, (_, pixel) => target.data[pixel * 4 + 3]);
  expect(alpha).toEqual([255, 255, 0, 255, 255, 255, 255, 0, 255, 255]);
});

test("thumbnails are whole pixels of the screen and fit their row", () => {
  expect(tileSize(221, 8, 5, 44, 1)).toBe(23);
  expect(tileSize(221, 8, 5, 44, 2)).toBe(23);
  expect(tileSize(1000, 2, 5, 44, 1.5)).toBe(44);
});

test("a token's text loses the space in front and shows what has no ink", () => {
  expect([" the", " ", "\n", "\t\t", "a\u0000b", "动"].map(tokenText)).toEqual([
    "the",
    "␣",
    "↵",
    "⇥⇥",
    "aU+0000b",
    "动",
  ]);
});

test("pre-norm puts the norm on the branch, post-norm on the stream behind the sum", () => {
  const parts = [{ hasNorm: true }, { hasNorm: true }];
  const options = { parallel: false, residual: true } as const;
  const pre = wiring(parts, { ...options, place: "pre" }).branches;
  const post = wiring(parts, { ...options, place: "post" }).branches;
  for (const { norm, box, plus } of pre) {
    expect((norm?.y ?? 0) + (norm?.height ?? 0) / 2).toBe(box.y + box.height / 2);
    expect((norm?.x ?? 0) + (norm?.width ?? 0)).toBeLessThan(box.x);
    expect(plus?.x).toBeGreaterThan(box.x + box.width);
  }
  for (const { norm, plus } of post) {
    expect((norm?.y ?? 0) + (norm?.height ?? 0) / 2).toBe(plus?.y);
    expect(norm?.x).toBeGreaterThan(plus?.x ?? 0);
  }
});

test("parallel branches leave the stream at one point; without a residual the stream is cut", () => {
  const parts = [{ hasNorm: false }, { hasNorm: false }];
  const side = wiring(parts, { place: "pre", parallel: true, residual: true });
  expect(new Set(side.branches.map((branch) => branch.left)).size).toBe(1);
  expect(side.stream).toHaveLength(1);
  const cut = wiring(parts, { place: "pre", parallel: false, residual: false });
  expect(cut.stream).toHaveLength(3);
  expect(cut.branches.map((branch) => branch.plus)).toEqual([null, null]);
});
