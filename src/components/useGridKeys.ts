import type { KeyboardEvent } from "react";
import type { Cell } from "./matrixFigure";

const MOVES: Readonly<Record<string, (at: Cell, last: Cell) => Cell>> = {
  ArrowUp: ({ row, column }) => ({ row: row - 1, column }),
  ArrowDown: ({ row, column }) => ({ row: row + 1, column }),
  ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
  ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
  Home: ({ row }) => ({ row, column: 0 }),
  End: ({ row }, last) => ({ row, column: last.column }),
  PageUp: ({ column }) => ({ row: 0, column }),
  PageDown: ({ column }, last) => ({ row: last.row, column }),
};

/** The key handler of a grid: arrows, Home, End, Page keys move; Enter and space act. */
export function useGridKeys(
  at: Cell,
  size: { readonly rows: number; readonly columns: number },
  onMove: (cell: Cell) => void,
  onAct: (cell: Cell) => void,
): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const last = { row: size.rows - 1, column: size.columns - 1 };
    if (event.key === "Enter" || event.key === " ") onAct(at);
    else {
      const move = MOVES[event.key];
      if (move === undefined) return;
      const to = move(at, last);
      onMove({
        row: Math.max(0, Math.min(to.row, last.row)),
        column: Math.max(0, Math.min(to.column, last.column)),
      });
    }
    event.preventDefault();
    event.stopPropagation();
  };
}
