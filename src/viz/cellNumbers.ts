import { short } from "./format";
import type { Matrix } from "./heatmap";
import { inkOn, type Ramp } from "./ramp";

/** What is needed of a canvas' context. */
type Context = Pick<
  CanvasRenderingContext2D,
  "font" | "fillStyle" | "textAlign" | "textBaseline" | "fillText"
>;

/** How wide a cell's number is, in ems: ".94", and of signed ones "−.94". */
const EMS = { sequential: 1.55, diverging: 2.1 } as const;
/** Smaller numbers than this, in CSS pixels, are not written. */
const SMALLEST = 8;
/** A pattern's smallest shares stay blank, so that the strong ones can be read at a glance. */
const QUIET = 0.045;

/** How large the numbers are in cells that are `cell` CSS pixels wide; 0 where they would be too small to be read. */
export function numberSize(cell: number, kind: Ramp["kind"]): number {
  const size = Math.min((cell - 3) / EMS[kind], 6 + 0.17 * cell);
  return size < SMALLEST ? 0 : size;
}

/** Writes each cell's number into its middle, in an ink that is read on its colour; `faint` writes masked ones. */
export function writeNumbers(
  context: Context,
  cell: number,
  {
    matrix,
    ramp,
    limit,
    family,
    faint,
  }: { matrix: Matrix; ramp: Ramp; limit: number; family: string; faint: string },
): void {
  const size = numberSize(cell, ramp.kind);
  if (size === 0) return;
  context.font = `${size}px ${family}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  matrix.data.forEach((value, at) => {
    if (Number.isNaN(value) || (ramp.kind === "sequential" && value < QUIET)) return;
    const column = at % matrix.columns;
    const row = (at - column) / matrix.columns;
    context.fillStyle = Number.isFinite(value) ? inkOn(ramp, value, limit) : faint;
    // The gap between two cells is a part of the cell before it.
    context.fillText(short(value), (column + 0.5) * cell - 0.75, (row + 0.5) * cell - 0.25);
  });
}
