import type { Cell, MatrixFigure } from "./matrixFigure";

/** What every drawing of a matrix takes: the figure, where the reader is, and what they do. */
export interface GridProps {
  /** Accessible name. */
  readonly label: string;
  readonly figure: MatrixFigure;
  /** The cell that is chosen. */
  readonly selected: Cell;
  /** The cell under the pointer, or the chosen one. */
  readonly looked: Cell;
  onLook(cell: Cell | null): void;
  onLock(cell: Cell): void;
  onMove(cell: Cell): void;
}
