import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { EQUATIONS } from "../../../src/analysis/explain/formulas";

const MATHS = readFileSync(new URL("../../../docs/maths.md", import.meta.url), "utf8");

test("docs/maths.md numbers its equations from 1 without a gap", () => {
  const numbers = [...MATHS.matchAll(/\\tag\{(\d+)\}/g)].map((match) => Number(match[1]));

  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});

test("every formula cites an equation that docs/maths.md has, and no two cite the same", () => {
  const cited = Object.values(EQUATIONS);

  expect(cited.filter((number) => !MATHS.includes(`\\tag{${number}}`))).toEqual([]);
  expect(new Set(cited).size).toBe(cited.length);
});
