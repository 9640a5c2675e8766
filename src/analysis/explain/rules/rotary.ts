import type { AttentionPositions } from "../../../engine/spec";
import { cell, constant, type Expression, product, type SiteReference, slice, sum } from "../expression";
import { attentionOf, type Place } from "../place";
import { entries } from "../rule";

type Rotary = Extract<AttentionPositions, { kind: "rotary" }>;

/** q or k turned by its position: x·cos θ − partner·sin θ for the first of a pair, x·cos θ + partner·sin θ for the second. */
export function rotated(place: Place, from: "hook_q" | "hook_k", index: readonly number[]): Expression {
  const [head, pos, d] = entries(index);
  const positions = rotaryOf(place);
  const source = `${place.prefix}${place.part}.${from}`;
  if (d >= positions.dims) return cell(source, head, pos, d);
  const { partner, frequency, isFirst } = pairOf(positions, d);
  const angle = constant("angle", pos * (positions.inverseFrequencies[frequency] ?? Number.NaN));
  const factor = constant("factor", positions.factor);
  const sign = constant("factor", isFirst ? -positions.factor : positions.factor);
  return sum(
    product(cell(source, head, pos, d), { op: "cos", of: angle }, factor),
    product(cell(source, head, pos, partner), { op: "sin", of: angle }, sign),
  );
}

/** Where a dimension of q or k goes: to itself, and to the partner that it is turned with. */
export function rotationReaders(
  place: Place,
  site: string,
  head: number,
  pos: number,
  d: number,
): readonly SiteReference[] {
  const positions = rotaryOf(place);
  const own = slice(site, head, pos, d);
  return d >= positions.dims ? [own] : [own, slice(site, head, pos, pairOf(positions, d).partner)];
}

/** The dimension that d is turned with, which frequency turns them, and whether d is the first of the two. */
function pairOf(
  { dims, layout }: Rotary,
  d: number,
): { partner: number; frequency: number; isFirst: boolean } {
  const half = dims / 2;
  if (layout === "halves") {
    const isFirst = d < half;
    return { partner: isFirst ? d + half : d - half, frequency: d % half, isFirst };
  }
  const isFirst = d % 2 === 0;
  return { partner: isFirst ? d + 1 : d - 1, frequency: Math.floor(d / 2), isFirst };
}

function rotaryOf(place: Place): Rotary {
  const { positions } = attentionOf(place);
  if (positions.kind !== "rotary") throw new RangeError(`${place.site} is not rotated in this architecture`);
  return positions;
}
