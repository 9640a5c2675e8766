import { lab, rgb } from "d3-color";
import { describe, expect, test } from "vitest";
import { CATEGORIES, categorical } from "../../src/viz/categorical";
import { luminance } from "../../src/viz/ramp";

const PAPER = { light: "#fdfdfb", dark: "#111316" } as const;

/** How colours look with one kind of cone missing, on linear sRGB (Machado et al. 2009, severity 1). */
const SEEN = {
  everything: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const;

function channelsOf(colour: string): [number, number, number] {
  const { r, g, b } = rgb(colour);
  return [r, g, b];
}

function seen(colour: string, matrix: readonly number[]) {
  const linear = channelsOf(colour).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const [r = 0, g = 0, b = 0] = [0, 3, 6].map((at) => {
    const sum = linear.reduce((total, value, i) => total + value * (matrix[at + i] ?? 0), 0);
    const share = Math.min(1, Math.max(0, sum));
    return 255 * (share <= 0.0031308 ? share * 12.92 : 1.055 * share ** (1 / 2.4) - 0.055);
  });
  return lab(rgb(r, g, b));
}

describe.each(["light", "dark"] as const)("the colours of heads in %s", (theme) => {
  const colours = Array.from({ length: CATEGORIES }, (_, index) => categorical(index, theme));

  test("stand out on their paper by 3 to 1", () => {
    const paper = luminance(channelsOf(PAPER[theme]));
    for (const colour of colours) {
      const own = luminance(channelsOf(colour));
      const contrast = (Math.max(own, paper) + 0.05) / (Math.min(own, paper) + 0.05);
      expect(contrast, colour).toBeGreaterThanOrEqual(3);
    }
  });

  test.each(Object.entries(SEEN))("stay apart for %s", (_, matrix) => {
    for (const [i, a] of colours.entries()) {
      for (const b of colours.slice(i + 1)) {
        const [one, other] = [seen(a, matrix), seen(b, matrix)];
        const distance = Math.hypot(one.l - other.l, one.a - other.a, one.b - other.b);
        expect(distance, `${a} and ${b}`).toBeGreaterThan(15);
      }
    }
  });
});

test("after the last colour they begin again", () => {
  expect(categorical(CATEGORIES, "light")).toBe(categorical(0, "light"));
});
