import { type Matrix, transposed } from "../viz/heatmap";
import type { RampKind } from "../viz/ramp";

/** What the entries along an axis are; it decides the axis' colour. */
export type AxisRole = "query" | "key" | "value" | "position" | "dimension";

export interface MatrixAxis {
  readonly role: AxisRole;
  /** The axis in the reader's language: "query", "dimension". */
  readonly name: string;
  /** One label per entry. */
  readonly labels: readonly string[];
}

/** A matrix with all that is needed to show it: names along both axes and how its numbers are coloured. */
export interface MatrixFigure {
  /** [rows, columns] */
  readonly matrix: Matrix;
  readonly rows: MatrixAxis;
  readonly columns: MatrixAxis;
  readonly kind: RampKind;
  /** The value at the end of the ramp. */
  readonly limit: number;
}

/** A cell of a figure. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** The figure with its axes exchanged, as texts with column vectors draw it. */
export function exchange(figure: MatrixFigure): MatrixFigure {
  return { ...figure, matrix: transposed(figure.matrix), rows: figure.columns, columns: figure.rows };
}

/** The cell where its number lies once the axes are exchanged. */
export function exchangeCell({ row, column }: Cell): Cell {
  return { row: column, column: row };
}

/** One number of a figure. */
export function valueAt({ matrix }: MatrixFigure, { row, column }: Cell): number {
  return matrix.data[row * matrix.columns + column] ?? Number.NaN;
}

/** Labels, or a stretch of them, each with its place. */
export function entries(
  labels: readonly string[],
  from = 0,
  to = labels.length,
): { readonly text: string; readonly at: number }[] {
  return labels.slice(from, to).map((text, offset) => ({ text, at: from + offset }));
}
