import { type MouseEvent, type PointerEvent, useDeferredValue, useId, useRef } from "react";
import { Grid } from "./gridParts";
import type { GridProps } from "./gridProps";
import { HeatmapCanvas } from "./HeatmapCanvas";
import styles from "./MatrixCanvasGrid.module.css";
import { ColumnLabels, RowLabels } from "./MatrixLabels";
import type { Cell, MatrixFigure } from "./matrixFigure";
import { SpokenCells } from "./SpokenCells";
import { useGridKeys } from "./useGridKeys";
import { useRested } from "./useRested";

/**
 * A large matrix: one canvas for the eye, and a window of real cells around the chosen one for the keyboard and for
 * readers. The labels of the looked cell stand beside its row and over its column.
 */
export function MatrixCanvasGrid({ label, figure, selected, looked, onLook, onLock, onMove }: GridProps) {
  const id = useId();
  const area = useRef<HTMLDivElement>(null);
  const { rows, columns } = figure.matrix;
  // Nobody hears a head that the pointer only passes, nor a stage that the keys only pass.
  const rested = useRested(figure);
  const spoken = useDeferredValue(isAlike(rested, figure) ? rested : figure, null);
  const onKeyDown = useGridKeys(selected, { rows, columns }, onMove, onLock);
  const cellAt = (event: PointerEvent | MouseEvent): Cell | null => {
    const box = area.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return null;
    const share = (offset: number, length: number, cells: number) =>
      Math.max(0, Math.min(cells - 1, Math.floor((offset / length) * cells)));
    return {
      row: share(event.clientY - box.top, box.height, rows),
      column: share(event.clientX - box.left, box.width, columns),
    };
  };
  const look = (event: PointerEvent) => {
    const cell = cellAt(event);
    if (cell !== null && (cell.row !== looked.row || cell.column !== looked.column)) onLook(cell);
  };
  const lock = (event: MouseEvent) => {
    const cell = cellAt(event);
    if (cell !== null) onLock(cell);
  };
  const long = figure.columns.role === "dimension" || figure.rows.role === "dimension";
  return (
    <div
      className={styles.frame}
      data-shape={long ? "long" : "square"}
      style={{ "--rows": rows, "--columns": columns }}
    >
      <ColumnLabels axis={figure.columns} looked={looked.column} />
      <RowLabels axis={figure.rows} looked={looked.row} />
      <Grid
        aria-label={label}
        aria-rowcount={rows + 1}
        aria-colcount={columns + 1}
        aria-activedescendant={spoken === null ? undefined : `${id}-${selected.row}-${selected.column}`}
        className={styles.grid}
        onKeyDown={onKeyDown}
        onPointerMove={look}
        onPointerLeave={() => onLook(null)}
        onClick={lock}
      >
        <div ref={area} className={styles.area}>
          <HeatmapCanvas matrix={figure.matrix} kind={figure.kind} limit={figure.limit} />
          {figure.columns.role === "query" ? (
            <div aria-hidden="true" className={styles.columnBand} style={{ "--column": looked.column }} />
          ) : (
            <div aria-hidden="true" className={styles.band} style={{ "--row": looked.row }} />
          )}
          <div aria-hidden="true" className={styles.looked} style={at(looked)} />
          <div aria-hidden="true" className={styles.selected} style={at(selected)} />
        </div>
        {spoken !== null && <SpokenCells id={id} figure={spoken} selected={selected} />}
      </Grid>
    </div>
  );
}

/** The cells of one can stand for those of the other while the other is passed. */
function isAlike(one: MatrixFigure, other: MatrixFigure): boolean {
  const shape = ({ rows, columns, matrix }: MatrixFigure) =>
    [rows.name, columns.name, matrix.rows, matrix.columns].join(" ");
  return shape(one) === shape(other);
}

function at({ row, column }: Cell) {
  return { "--row": row, "--column": column };
}
