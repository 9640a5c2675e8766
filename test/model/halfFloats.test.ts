import { describe, expect, it } from "vitest";
import { bfloatsToFloats, floatsToHalves, halvesToFloats } from "../../src/model/halfFloats";

/** The value of a half by its definition: (−1)^s · 2^(e−15) · 1.f, subnormals and specials apart. */
function definedValue(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const ALL = Uint16Array.from({ length: 0x10000 }, (_, half) => half);

describe("half-precision floats", () => {
  it("decode to their defined value, all 65,536 of them", () => {
    expect(Array.from(halvesToFloats(ALL))).toEqual(Array.from(ALL, definedValue));
  });

  it("encode back to themselves, all that are numbers", () => {
    const numbers = ALL.filter((half) => !Number.isNaN(definedValue(half)));
    expect(floatsToHalves(halvesToFloats(numbers))).toEqual(numbers);
  });

  it("encode to the nearest half, ties to even, too large to infinity, too small to zero", () => {
    const cases = [
      [1 + 2 ** -11, 0x3c00],
      [1 + 3 * 2 ** -11, 0x3c02],
      [1 + 2 ** -11 + 2 ** -20, 0x3c01],
      [65519, 0x7bff],
      [65520, 0x7c00],
      [-1e9, 0xfc00],
      [2 ** -25, 0x0000],
      [2 ** -25 * 1.01, 0x0001],
      [3 * 2 ** -25, 0x0002],
      [2 ** -14 - 2 ** -26, 0x0400],
    ] as const;
    expect(Array.from(floatsToHalves(Float32Array.from(cases, ([value]) => value)))).toEqual(
      cases.map(([, half]) => half),
    );
    expect(halvesToFloats(floatsToHalves(Float32Array.of(Number.NaN)))[0]).toBeNaN();
  });

  it("bfloat16 is the upper half of a float", () => {
    expect(Array.from(bfloatsToFloats(Uint16Array.of(0x3f80, 0xc040, 0x7f80, 0x0000)))).toEqual([
      1,
      -3,
      Number.POSITIVE_INFINITY,
      0,
    ]);
  });
});
