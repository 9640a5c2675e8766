import { expect, test } from "vitest";
import { count, magnitude, number, percent, short, signed } from "../../src/viz/format";

test("numbers have three significant digits, a true minus and infinity", () => {
  const cases: [number, string][] = [
    [0, "0"],
    [46.13, "46.1"],
    [0.9412, "0.941"],
    [1, "1.00"],
    [-3.104, "−3.10"],
    [1234, "1,230"],
    [0.000123, "0.000123"],
    [0.00001234, "1.23\u202f×\u202f10⁻⁵"],
    [-2_500_000, "−2.50\u202f×\u202f10⁶"],
    [999_499, "999,000"],
    [Number.NEGATIVE_INFINITY, "−∞"],
    [Number.POSITIVE_INFINITY, "∞"],
    [Number.NaN, "NaN"],
  ];
  expect(cases.map(([value]) => number(value))).toEqual(cases.map(([, text]) => text));
});

test("a signed number says plus too, but zero has no sign", () => {
  expect([2.61, -0.07, 0].map(signed)).toEqual(["+2.61", "−0.0700", "0"]);
});

test("a share becomes a percentage", () => {
  expect([0.9412, 1, 0, 0.00031].map(percent)).toEqual([
    "94.1\u202f%",
    "100\u202f%",
    "0\u202f%",
    "0.0310\u202f%",
  ]);
});

test("only the whole is 100 %: what is a little less keeps the decimals that say so", () => {
  const said = [0.999893, 0.9995, 0.99999994, 1, 1.0002].map((share) =>
    percent(share).replace(/\u202f%$/, ""),
  );
  expect(said).toEqual(["99.99", "99.95", "99.99999", "100", "100"]);
  expect(said.slice(0, 3).every((text) => Number(text) < 100)).toBe(true);
});

test("a number inside a cell is at most four characters wide for patterns", () => {
  expect([0.9412, 0.05, 0.004, 1, 0.997, -1.26, 12.4, 1234, -0.5].map(short)).toEqual([
    ".94",
    ".05",
    "",
    "1",
    "1",
    "−1.3",
    "12",
    "1,234",
    "−.50",
  ]);
});

test("counts are grouped and magnitudes have a unit", () => {
  expect([count(4096), magnitude(2_400_000), magnitude(512)]).toEqual(["4,096", "2.40\u202fM", "512"]);
});
