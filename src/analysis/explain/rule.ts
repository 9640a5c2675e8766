import type { Expression, SiteReference } from "./expression";
import type { FormulaId } from "./formulas";
import type { Place } from "./place";

/** What is known of one kind of site: how its cells are made, and which cells they go into. */
export interface Rule {
  readonly explain: (
    place: Place,
    index: readonly number[],
  ) => { formula: FormulaId; expression: Expression };
  /** Every cell made from the cell at index; null stands for all entries of an axis; `last` as in usedBy. */
  readonly next: (place: Place, index: readonly number[], last?: number) => readonly SiteReference[];
}

/** The entries of an index, by position; a missing one is an error of the caller. */
export function entries(index: readonly number[]): readonly [number, number, number] {
  const [a = -1, b = -1, c = -1] = index;
  return [a, b, c];
}
