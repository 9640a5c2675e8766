import { line } from "d3-shape";
import fc from "fast-check";
import { expect, test } from "vitest";
import { polyline } from "../../src/viz/paths";

test("straight lines are drawn as d3-shape draws them", () => {
  const place = fc.integer({ min: -2_000_000, max: 2_000_000 }).map((thousandths) => thousandths / 1000);
  fc.assert(
    fc.property(fc.array(fc.tuple(place, place), { minLength: 2, maxLength: 20 }), (points) => {
      expect(polyline(points)).toBe(line()(points));
    }),
  );
});
