import { memo } from "react";
import { number } from "../viz/format";
import type { Matrix } from "../viz/heatmap";
import { fillOf, type Ramp } from "../viz/ramp";
import axes from "./axes.module.css";
import { GridRow, RowHeader } from "./gridParts";
import styles from "./MatrixGrid.module.css";
import type { AxisRole } from "./matrixFigure";
import { TokenLabel } from "./TokenLabel";

interface Props {
  /** Prefix of the cells' element ids. */
  id: string;
  row: number;
  text: string;
  /** Said beside the text where another row has the same. */
  place: number | null;
  axis: AxisRole;
  matrix: Matrix;
  ramp: Ramp;
  limit: number;
  /** The chosen column if it lies in this row, else −1. */
  selectedColumn: number;
  looked: boolean;
}

/** One row of a grid. Drawn again only when its own numbers or its own choice change. */
export const MatrixGridRow = memo(function MatrixGridRow(props: Props) {
  const { id, row, text, place, axis, matrix, ramp, limit, selectedColumn, looked } = props;
  const columns = Array.from({ length: matrix.columns }, (_, column) => column);
  return (
    <GridRow className={styles.row} data-on={looked || undefined}>
      <RowHeader className={`${styles.rowHeader} ${axes[axis]}`}>
        <TokenLabel text={text} position={place} as="entry" />
      </RowHeader>
      {columns.map((column) => {
        const value = matrix.data[row * matrix.columns + column] ?? Number.NaN;
        const finite = Number.isFinite(value);
        return (
          // biome-ignore lint/a11y/useSemanticElements: see gridParts.tsx; of so many cells each is an element and no component
          // biome-ignore lint/a11y/useFocusableInteractive: the grid takes the focus
          <div
            role="gridcell"
            key={column}
            id={`${id}-${row}-${column}`}
            aria-label={number(value)}
            aria-selected={column === selectedColumn}
            data-cell={`${row} ${column}`}
            data-masked={!finite || undefined}
            className={styles.cell}
            style={finite ? { background: fillOf(ramp, value, limit) } : undefined}
          />
        );
      })}
    </GridRow>
  );
});
