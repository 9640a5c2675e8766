import { hide } from "../../analysis/hide";
import { sizeOfMatrix } from "../../analysis/matrix";
import { betweenWords } from "../../analysis/words";
import type { Trace } from "../../engine/trace";
import type { Matrix } from "../../viz/heatmap";
import type { Between, LineOptions } from "./options";
import { type AttentionKind, type DrawnHead, heldPattern } from "./places";
import type { Unit } from "./units";

type Hiding = Pick<
  LineOptions,
  "words" | "hideSpecial" | "hideDiagonal" | "hideFirst" | "tokensOff" | "renormalise" | "between"
>;

/** The patterns of heads between units, without what the reader has hidden. [query unit, key unit] each */
export function linePatterns(
  trace: Trace,
  kind: AttentionKind,
  heads: readonly DrawnHead[],
  units: { readonly queries: readonly Unit[]; readonly keys: readonly Unit[] },
  options: Hiding,
): readonly Matrix[] {
  const isHidden = hidesNothing(options) ? null : hidden(kind, units, options);
  return heads.flatMap((head) => {
    const pieces = heldPattern(trace, kind, head);
    if (pieces === null) return [];
    const whole = options.words ? betweenWords(pieces, units.queries, units.keys) : pieces;
    const shown = isHidden === null ? whole : hide(whole, isHidden, options.renormalise);
    return [{ data: shown.data, ...sizeOfMatrix(shown) }];
  });
}

function hidesNothing({ hideSpecial, hideDiagonal, hideFirst, tokensOff, between }: Hiding): boolean {
  return !hideSpecial && !hideDiagonal && !hideFirst && tokensOff.size === 0 && between === "all";
}

const FROM_TO: Readonly<Record<Exclude<Between, "all">, readonly [number, number]>> = {
  aToB: [0, 1],
  bToA: [1, 0],
  aToA: [0, 0],
  bToB: [1, 1],
};

function hidden(
  { attention }: AttentionKind,
  { queries, keys }: { readonly queries: readonly Unit[]; readonly keys: readonly Unit[] },
  { hideSpecial, hideDiagonal, hideFirst, tokensOff, between }: Hiding,
): (query: number, key: number) => boolean {
  const noKey = keys.map(
    ({ special, name }, at) =>
      (hideSpecial && special) || (hideFirst && at === 0) || tokensOff.has(`key ${name}`),
  );
  const noQuery = queries.map(
    ({ special, name }) => (hideSpecial && special) || tokensOff.has(`query ${name}`),
  );
  const ends = between === "all" ? null : FROM_TO[between];
  return (query, key) =>
    noKey[key] === true ||
    noQuery[query] === true ||
    (hideDiagonal && attention === "attn" && query === key) ||
    (ends !== null && (queries[query]?.sentence !== ends[0] || keys[key]?.sentence !== ends[1]));
}
