import type { HeadLine } from "../../viz/headLines";

export type Side = "query" | "key";

/** Tokens of one side, whose lines stand out. */
export interface Focus {
  readonly side: Side;
  readonly units: readonly number[];
}

/** The focus after a click on a token: it joins or leaves its side's tokens; the other side's are let go. */
export function clicked(focus: Focus | null, side: Side, unit: number): Focus | null {
  const before = focus?.side === side ? focus.units : [];
  const units = before.includes(unit)
    ? before.filter((each) => each !== unit)
    : [...before, unit].sort((a, b) => a - b);
  return units.length === 0 ? null : { side, units };
}

/** Whether a line starts or ends at a token in focus; all do without one. */
export function isInFocus(line: HeadLine, focus: Focus | null): boolean {
  return focus === null || focus.units.includes(line[focus.side]);
}

/** The focus without tokens that the text no longer has. */
export function within(focus: Focus | null, lengths: Readonly<Record<Side, number>>): Focus | null {
  if (focus === null) return null;
  const units = focus.units.filter((unit) => unit < lengths[focus.side]);
  return units.length === 0 ? null : { ...focus, units };
}

/** The lines that say something: a query that may see one key alone gives it everything, whatever the model has learned. */
export function telling(lines: readonly HeadLine[]): readonly HeadLine[] {
  const open = lines.filter((line) => line.weight < 1);
  return open.length === 0 ? lines : open;
}
