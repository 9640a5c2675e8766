import { type AlignedPair, alignTokens, patternDifference } from "../../analysis/compare";
import { pattern, row, sizeOfMatrix } from "../../analysis/matrix";
import type { Tensor } from "../../engine/tensor";
import type { Token, Trace } from "../../engine/trace";
import type { Selection } from "../../store/selection";
import { tokensAlong } from "../../viz/siteView";
import { tokenText } from "../../viz/tokenText";

/** One of the two that are compared. */
export interface Side {
  readonly trace: Trace;
  readonly where: Selection;
  /** [query_pos, key_pos] */
  readonly matrix: Tensor;
}

/** Two attentions over the same aligned tokens, and what was added from the one to the other. */
export interface Comparison {
  readonly queries: readonly AlignedPair[];
  readonly keys: readonly AlignedPair[];
  /** Text of each aligned place; both where A and B have different words there. */
  readonly queryTexts: readonly string[];
  readonly keyTexts: readonly string[];
  /** [aligned query, aligned key]; NaN where a text has no such token. */
  readonly a: Tensor;
  readonly b: Tensor;
  /** b − a; of rows that are scaled to one first where `scaled` was asked for. */
  readonly difference: Tensor;
  /** The place where it is largest. */
  readonly largest: { readonly row: number; readonly column: number };
}

/** Aligns two sides token by token. `scaled`: the two are not in one unit, so each row is divided by its own sum. */
export function compared(a: Side, b: Side, scaled: boolean): Comparison {
  const axis = (name: "query_pos" | "key_pos") => {
    const before = tokensAlong(name, a.trace, a.where);
    const after = tokensAlong(name, b.trace, b.where);
    const pairs = replaced(alignTokens(before, after));
    return { pairs, texts: pairs.map((pair) => textOf(pair, before, after)) };
  };
  const queries = axis("query_pos");
  const keys = axis("key_pos");
  const unit = scaled ? rowsOfOne : (matrix: Tensor) => matrix;
  const difference = patternDifference(unit(a.matrix), unit(b.matrix), queries.pairs, keys.pairs);
  return {
    queries: queries.pairs,
    keys: keys.pairs,
    queryTexts: queries.texts,
    keyTexts: keys.texts,
    a: spread(a.matrix, queries.pairs, keys.pairs, "a"),
    b: spread(b.matrix, queries.pairs, keys.pairs, "b"),
    difference,
    largest: largestAt(difference),
  };
}

/** Words of A and of B between two that they share stand beside each other, the first by the first. */
function replaced(pairs: readonly AlignedPair[]): readonly AlignedPair[] {
  const isShared = ({ a, b }: AlignedPair) => a !== null && b !== null;
  const end = pairs.findIndex(isShared);
  const between = end < 0 ? pairs : pairs.slice(0, end);
  const onlyA = between.flatMap(({ a }) => a ?? []);
  const onlyB = between.flatMap(({ b }) => b ?? []);
  const beside = Array.from({ length: Math.max(onlyA.length, onlyB.length) }, (_, at) => ({
    a: onlyA[at] ?? null,
    b: onlyB[at] ?? null,
  }));
  if (end < 0) return beside;
  const rest = pairs.slice(end);
  const next = rest.findIndex((pair) => !isShared(pair));
  const shared = next < 0 ? rest : rest.slice(0, next);
  return [...beside, ...shared, ...(next < 0 ? [] : replaced(rest.slice(next)))];
}

/** What stands at an aligned place: one text, or both where they differ. */
function textOf({ a, b }: AlignedPair, before: readonly Token[], after: readonly Token[]): string {
  const texts = [before[a ?? -1], after[b ?? -1]].flatMap((token) => (token ? [tokenText(token.text)] : []));
  return [...new Set(texts)].join("/");
}

/** Each row divided by the sum of its magnitudes. */
function rowsOfOne(matrix: Tensor): Tensor {
  const { rows, columns } = sizeOfMatrix(matrix);
  const sums = Array.from({ length: rows }, (_, query) =>
    row(matrix, query).reduce((sum, value) => sum + Math.abs(value), 0),
  );
  return pattern(rows, columns, (query, key) => (row(matrix, query)[key] ?? 0) / (sums[query] || 1));
}

/** A matrix over aligned tokens: NaN where its own text has none. */
function spread(
  matrix: Tensor,
  queries: readonly AlignedPair[],
  keys: readonly AlignedPair[],
  side: "a" | "b",
): Tensor {
  return pattern(queries.length, keys.length, (i, j) => {
    const query = queries[i]?.[side] ?? null;
    const key = keys[j]?.[side] ?? null;
    return query === null || key === null ? Number.NaN : (row(matrix, query)[key] ?? Number.NaN);
  });
}

function largestAt(matrix: Tensor): { row: number; column: number } {
  const { columns } = sizeOfMatrix(matrix);
  const at = matrix.data.reduce((best, value, cell) => {
    const known = Math.abs(matrix.data[best] ?? 0);
    return Math.abs(value) > (Number.isNaN(known) ? -1 : known) ? cell : best;
  }, 0);
  return { row: Math.floor(at / columns), column: at % columns };
}

/** Mean over queries of the attention that moved from one key to another: half of what was added and taken away. */
export function moved({ difference }: Comparison): number {
  const { rows, columns } = sizeOfMatrix(difference);
  const shares = Array.from({ length: rows }, (_, query) => row(difference, query)).filter(
    (values) => columns > 0 && !values.some(Number.isNaN),
  );
  const total = shares.reduce(
    (sum, values) => sum + values.reduce((part, value) => part + Math.abs(value), 0) / 2,
    0,
  );
  return shares.length === 0 ? Number.NaN : total / shares.length;
}
