import { useMemo } from "react";
import type { GridProps } from "./gridProps";
import { MatrixCanvasGrid } from "./MatrixCanvasGrid";
import { MatrixGrid } from "./MatrixGrid";
import { exchange, exchangeCell, type MatrixFigure } from "./matrixFigure";
import styles from "./PatternGrid.module.css";

/** As long as numbers fit into the cells each pair is an element of its own; longer inputs, and vectors, are drawn on one canvas. */
export const CELLS = 18;

/**
 * A matrix as a heatmap that can be hovered, clicked and walked with the arrow keys. `transpose` draws it with its axes
 * exchanged; the cells that it takes and reports stay those of the figure.
 */
export function PatternGrid({ transpose, ...props }: GridProps & { transpose: boolean }) {
  const { figure } = props;
  const turned = useMemo(() => (transpose ? exchange(figure) : figure), [figure, transpose]);
  const drawn = transpose ? exchanged(props, turned) : props;
  const { rows, columns } = drawn.figure.matrix;
  const isPairs = figure.rows.role !== "dimension" && figure.columns.role !== "dimension";
  return (
    <div className={styles.room}>
      {isPairs && rows <= CELLS && columns <= CELLS ? (
        <MatrixGrid {...drawn} />
      ) : (
        <MatrixCanvasGrid {...drawn} />
      )}
    </div>
  );
}

function exchanged(props: GridProps, figure: MatrixFigure): GridProps {
  return {
    label: props.label,
    figure,
    selected: exchangeCell(props.selected),
    looked: exchangeCell(props.looked),
    onLook: (cell) => props.onLook(cell && exchangeCell(cell)),
    onLock: (cell) => props.onLock(exchangeCell(cell)),
    onMove: (cell) => props.onMove(exchangeCell(cell)),
  };
}
