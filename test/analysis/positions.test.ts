import { expect, test } from "vitest";
import {
  biasByDistance,
  likeness,
  liveliest,
  rotations,
  sinusoids,
  turnedLikeness,
} from "../../src/analysis/positions";

const ROTARY = {
  kind: "rotary",
  dims: 4,
  layout: "halves",
  inverseFrequencies: [1, 0.01],
  factor: 1,
} as const;

test("sinusoids have the length that sin² + cos² gives, and a likeness that depends on the distance alone", () => {
  const table = sinusoids({ kind: "sinusoidal", layout: "interleaved", base: 10_000 }, 6, 8);
  const alike = likeness(table, "dot");
  expect(alike.data[0]).toBeCloseTo(4, 5);
  expect(alike.data[1 * 6 + 3]).toBeCloseTo(alike.data[3 * 6 + 5] ?? 0, 5);
  expect(likeness(table, "cosine").data[2 * 6 + 2]).toBeCloseTo(1, 6);
});

test("rotations are the cosines of position times frequency", () => {
  expect(Array.from(rotations(ROTARY, 3).data)).toEqual(
    [0, 0, 1, 0.01, 2, 0.02].map((angle) => Math.fround(Math.cos(angle))),
  );
});

test("what turning leaves of a product is the mean cosine of the angles between", () => {
  const { data } = turnedLikeness(ROTARY, 3);
  expect(data[0]).toBe(1);
  expect(data[0 * 3 + 2]).toBe(Math.fround((Math.cos(2) + Math.cos(0.02)) / 2));
  expect(data[2 * 3 + 0]).toBe(data[0 * 3 + 2]);
});

test("a bias is read by its distance, from the farthest key behind to the farthest ahead", () => {
  const bias = {
    data: Float32Array.from([0, 1, 2, -1, 0, 1, -2, -1, 0]),
    shape: [1, 3, 3],
    axes: ["head", "query_pos", "key_pos"],
  } as const;
  expect(biasByDistance(bias)).toEqual({ data: Float32Array.from([-2, -1, 0, 1, 2]), rows: 1, columns: 5 });
});

test("the liveliest columns are those that vary most", () => {
  const data = Float32Array.from([0, 5, 1, 0, -5, 2, 0, 5, 3]);
  expect(liveliest({ data, rows: 3, columns: 3 }, 2)).toEqual([1, 2]);
});
