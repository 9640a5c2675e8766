import { expect, it } from "vitest";
import { createRng } from "../../src/engine/rng";
import { total } from "./support/sites";

const draw = (seed: number, count: number, kind: "uniform" | "normal") => {
  const rng = createRng(seed);
  return Array.from({ length: count }, () => rng[kind]());
};

it("gives the same numbers for the same seed and others for another", () => {
  expect(draw(1, 5, "uniform")).toEqual(draw(1, 5, "uniform"));
  expect(draw(1, 5, "uniform")).not.toEqual(draw(2, 5, "uniform"));
});

it("is uniform in [0, 1)", () => {
  const numbers = draw(3, 20_000, "uniform");
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  expect(total(numbers) / 20_000).toBeCloseTo(0.5, 2);
});

it("is standard normal where asked", () => {
  const numbers = draw(4, 20_000, "normal");
  expect(Math.abs(total(numbers) / 20_000)).toBeLessThan(0.03);
  expect(total(numbers.map((x) => x * x)) / 20_000).toBeCloseTo(1, 1);
  expect(numbers.every(Number.isFinite)).toBe(true);
});
