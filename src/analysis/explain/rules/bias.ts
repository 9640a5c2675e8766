import { bucketOf } from "../../../engine/positions";
import { constant, product, weight } from "../expression";
import { attentionOf, type Place } from "../place";
import type { Rule } from "../rule";

/** What the distance of two positions adds to their score: an entry of the bucket table, or ALiBi's slope times it. */
export function bias(place: Place, head: number, query: number, key: number): ReturnType<Rule["explain"]> {
  const { positions } = attentionOf(place);
  if (positions.kind === "alibi") {
    const slope = constant("slope", -(positions.slopes[head] ?? Number.NaN));
    return { formula: "alibiBias", expression: product(slope, constant("distance", query - key)) };
  }
  if (positions.kind !== "buckets") throw new RangeError(`${place.site} is not in this architecture`);
  return {
    formula: "bucketBias",
    expression: { op: "cell", of: weight(positions.table, bucketOf(positions, query, key), head) },
  };
}
