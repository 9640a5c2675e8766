import { curveBumpX, line } from "d3-shape";
import fc from "fast-check";
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

test("a line is drawn as d3-shape draws its bump curve", () => {
  const place = fc.double({ min: -2000, max: 2000, noNaN: true });
  const path = line().curve(curveBumpX);
  fc.assert(
    fc.property(place, place, place, fc.nat(40), fc.nat(40), (from, to, top, query, key) => {
      const row = new Float32Array(key + 1);
      row[key] = 1;
      const [drawn] = sightLines(row, query, { from, to, pitch: 20, top });
      const coordinates = (text: string) => text.split(/[MC,]/).filter(Boolean).map(Number);
      const expected = coordinates(
        path([
          [from, top + 20 * query],
          [to, top + 20 * key],
        ]) ?? "",
      );
      coordinates(drawn?.path ?? "").forEach((value, n) => {
        expect(value).toBeCloseTo(expected[n] ?? Number.NaN, 2);
      });
      expect(drawn?.path.split(",").length).toBe(expected.length - 1);
    }),
  );
});
