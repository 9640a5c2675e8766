import { expect, test } from "vitest";
import { sightLines } from "../../src/viz/sightlines";

test("lines run from the query to each key that it sees, the strongest on top", () => {
  const lines = sightLines(Float32Array.of(0.2, 0.005, 0.795), 1, { from: 10, to: 50, pitch: 20, top: 5 });
  expect(lines).toEqual([
    {
      query: 1,
      key: 0,
      weight: Math.fround(0.2),
      path: "M10,25C30,25,30,5,50,5",
      width: 0.8 + 7 * Math.fround(0.2),
      opacity: 0.12 + 0.88 * Math.fround(0.2),
    },
    {
      query: 1,
      key: 2,
      weight: Math.fround(0.795),
      path: "M10,25C30,25,30,45,50,45",
      width: 0.8 + 7 * Math.fround(0.795),
      opacity: 0.12 + 0.88 * Math.fround(0.795),
    },
  ]);
});
