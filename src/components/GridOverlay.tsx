import styles from "./MatrixGrid.module.css";
import type { Cell } from "./matrixFigure";

interface Props {
  selected: Cell;
  looked: Cell;
  /** Along which line the query lies. */
  band: "row" | "column";
}

/** Marks the query's line, the chosen cell and the cell under the pointer, without drawing the cells again. */
export function GridOverlay({ selected, looked, band }: Props) {
  const at = (cell: Cell) => ({ "--row": cell.row, "--column": cell.column });
  return (
    <div aria-hidden="true" className={styles.overlay}>
      <div className={band === "row" ? styles.rowBand : styles.columnBand} style={at(looked)} />
      <div className={styles.looked} style={at(looked)} />
      <div className={styles.selected} style={at(selected)} />
    </div>
  );
}
