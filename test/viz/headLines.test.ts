import { describe, expect, test } from "vitest";
import { gathered, headLines } from "../../src/viz/headLines";

const A = { data: Float32Array.from([1, 0, 0.25, 0.75]), rows: 2, columns: 2 };
const B = { data: Float32Array.from([0.5, 0.5, 0.125, 0.875]), rows: 2, columns: 2 };

describe("lines of several heads", () => {
  test("are those at least as strong as the threshold, strongest last", () => {
    expect(headLines([A, B], { threshold: 0.5, top: 9 })).toEqual([
      { head: 1, query: 0, key: 0, weight: 0.5 },
      { head: 1, query: 0, key: 1, weight: 0.5 },
      { head: 0, query: 1, key: 1, weight: 0.75 },
      { head: 1, query: 1, key: 1, weight: 0.875 },
      { head: 0, query: 0, key: 0, weight: 1 },
    ]);
  });

  test("can be as few as the strongest of each query and head", () => {
    expect(headLines([A], { threshold: 0.02, top: 1 }).map(({ query, key }) => [query, key])).toEqual([
      [1, 1],
      [0, 0],
    ]);
  });

  test("leave out what is not a number", () => {
    const unknown = { data: Float32Array.from([Number.NaN, 1]), rows: 1, columns: 2 };
    expect(headLines([unknown], { threshold: 0.02, top: 9 })).toHaveLength(1);
  });
});

describe("gathered attention", () => {
  test("is a share of their attention together, mean over the heads", () => {
    expect(gathered([A, B], "query", [0, 1])).toEqual(Float32Array.from([0.9375 / 2, 1.0625 / 2]));
    expect(gathered([A, B], "key", [1])).toEqual(Float32Array.from([0.25, 0.8125]));
  });

  test("of no heads is nothing", () => {
    expect(gathered([], "query", [0])).toEqual(new Float32Array(0));
  });
});
