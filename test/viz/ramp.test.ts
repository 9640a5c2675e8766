import { describe, expect, test } from "vitest";
import { channels, fillOf, inkOn, luminance, rampOf, stepOf } from "../../src/viz/ramp";

const themes = ["light", "dark"] as const;
const kinds = ["sequential", "diverging"] as const;
const steps = Array.from({ length: 255 }, (_, step) => step);

/** How a dichromat sees a colour (Viénot, Brettel and Mollon 1999, in linear light). */
function dichromat(kind: "protan" | "deutan", colour: readonly [number, number, number]): number[] {
  const [r = 0, g = 0, b = 0] = colour.map((channel) => (channel / 255) ** 2.2);
  const mixed = kind === "protan" ? 0.11238 * r + 0.88762 * g : 0.29275 * r + 0.70725 * g;
  const blue = kind === "protan" ? 0.00401 * r - 0.00401 * g + b : -0.02234 * r + 0.02234 * g + b;
  return [mixed, mixed, blue];
}

describe.each(themes)("ramps, %s", (theme) => {
  test("luminance runs one way along the sequential ramp", () => {
    const ramp = rampOf("sequential", theme);
    const lights = steps.map((step) => luminance(channels(ramp, step)));
    const sign = theme === "light" ? -1 : 1;
    for (let step = 1; step < 255; step++) {
      expect(sign * ((lights[step] ?? 0) - (lights[step - 1] ?? 0))).toBeGreaterThanOrEqual(0);
    }
    expect(Math.abs((lights[254] ?? 0) - (lights[0] ?? 0))).toBeGreaterThan(0.4);
  });

  test("luminance runs one way from zero to either end of the diverging ramp", () => {
    const ramp = rampOf("diverging", theme);
    const sign = theme === "light" ? -1 : 1;
    for (let step = 1; step < 255; step++) {
      const change = luminance(channels(ramp, step)) - luminance(channels(ramp, step - 1));
      expect((step <= 127 ? -sign : sign) * change).toBeGreaterThanOrEqual(0);
    }
  });

  test.each(["protan", "deutan"] as const)("minus and plus stay apart for %s readers", (kind) => {
    const ramp = rampOf("diverging", theme);
    const minus = dichromat(kind, channels(ramp, 0));
    const plus = dichromat(kind, channels(ramp, 254));
    expect(Math.hypot(...minus.map((value, index) => value - (plus[index] ?? 0)))).toBeGreaterThan(0.15);
  });

  test.each(kinds)("the ink on every step of the %s ramp has a contrast of 4.5:1 or more", (kind) => {
    const ramp = rampOf(kind, theme);
    for (let index = 0; index <= 400; index++) {
      const value = kind === "sequential" ? index / 400 : index / 200 - 1;
      const paper = luminance(channels(ramp, stepOf(ramp, value, 1)));
      const ink = inkOn(ramp, value, 1) === "#000" ? 0 : 1;
      const contrast = (Math.max(paper, ink) + 0.05) / (Math.min(paper, ink) + 0.05);
      expect(contrast).toBeGreaterThanOrEqual(4.5);
    }
  });
});

test("values are clamped to the limit, and what is not finite has its own entry", () => {
  const ramp = rampOf("diverging", "light");
  expect(
    [-2, -1, 0, 1, 2, Number.NEGATIVE_INFINITY, Number.NaN].map((value) => stepOf(ramp, value, 1)),
  ).toEqual([0, 0, 127, 254, 254, 255, 255]);
  expect(fillOf(rampOf("sequential", "light"), 0, 1)).toBe("rgb(250 250 252)");
});
