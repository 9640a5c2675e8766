import { short } from "./format";
import type { Matrix } from "./heatmap";
import type { Inscription } from "./painting";
import { inkOn, type Ramp } from "./ramp";

/** How wide a cell's number is, in ems: ".94", and of signed ones "−.94". */
const EMS = { sequential: 1.55, diverging: 2.25 } as const;
/** Numbers are no smaller than this, in CSS pixels, and where there is not nearly room for that they are not written. */
const SMALLEST = 8;
const NEARLY = 0.95;
/** A pattern's smallest shares stay blank, so that the strong ones can be read at a glance. */
const QUIET = 0.045;

/** How large the numbers are in cells that are `cell` CSS pixels wide and shown `zoom` times as large; 0 where they would be too small to be read. */
export function numberSize(cell: number, kind: Ramp["kind"], zoom = 1): number {
  const size = Math.min((cell - 3) / EMS[kind], 6 + 0.17 * cell);
  return size * zoom < NEARLY * SMALLEST ? 0 : Math.max(size, SMALLEST / zoom);
}

/** Each cell's number in its middle, in an ink that is read on its colour; `faint` for masked ones. */
export function cellNumbers(
  cell: number,
  {
    matrix,
    ramp,
    limit,
    faint,
    zoom,
  }: { matrix: Matrix; ramp: Ramp; limit: number; faint: string; zoom?: number },
): { readonly size: number; readonly texts: readonly Inscription[] } {
  const size = numberSize(cell, ramp.kind, zoom);
  if (size === 0) return { size, texts: [] };
  const texts = [...matrix.data].flatMap((value, at): readonly Inscription[] => {
    if (Number.isNaN(value) || (ramp.kind === "sequential" && value < QUIET)) return [];
    const column = at % matrix.columns;
    const row = (at - column) / matrix.columns;
    const colour = Number.isFinite(value) ? inkOn(ramp, value, limit) : faint;
    // The gap between two cells is a part of the cell before it.
    return [{ text: short(value), x: (column + 0.5) * cell - 0.75, y: (row + 0.5) * cell - 0.25, colour }];
  });
  return { size, texts };
}
