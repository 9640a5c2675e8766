import { type MouseEvent, type PointerEvent, useId } from "react";
import { scaleData } from "../viz/painting";
import { rampOf } from "../viz/ramp";
import { twinPlace } from "../viz/twins";
import axes from "./axes.module.css";
import { CellNumbers } from "./CellNumbers";
import { GridOverlay } from "./GridOverlay";
import { ColumnHeader, Grid, GridRow } from "./gridParts";
import type { GridProps } from "./gridProps";
import styles from "./MatrixGrid.module.css";
import { MatrixGridRow } from "./MatrixGridRow";
import { type Cell, entries } from "./matrixFigure";
import { TokenAt } from "./TokenAt";
import { useColourTheme } from "./useColourTheme";
import { useGridKeys } from "./useGridKeys";

/** A small matrix as an accessible grid: one cell per number, with the numbers written in where they fit. */
export function MatrixGrid({ label, figure, selected, looked, onLook, onLock, onMove }: GridProps) {
  const id = useId();
  const ramp = rampOf(figure.kind, useColourTheme());
  const { rows, columns } = figure.matrix;
  const onKeyDown = useGridKeys(selected, { rows, columns }, onMove, onLock);
  const point = (event: PointerEvent) => {
    const cell = cellUnder(event);
    if (cell !== null && (cell.row !== looked.row || cell.column !== looked.column)) onLook(cell);
  };
  const click = (event: MouseEvent) => {
    const cell = cellUnder(event);
    if (cell !== null) onLock(cell);
  };
  return (
    <div className={styles.frame} style={{ "--rows": rows, "--columns": columns }} {...scaleData(figure)}>
      <Grid
        aria-label={label}
        aria-activedescendant={`${id}-${selected.row}-${selected.column}`}
        className={styles.grid}
        onKeyDown={onKeyDown}
        onClick={click}
        onPointerOver={point}
        onPointerLeave={() => onLook(null)}
      >
        <GridRow className={styles.head}>
          <ColumnHeader>
            <span className="spoken">{figure.rows.name}</span>
          </ColumnHeader>
          {entries(figure.columns.labels).map(({ at }) => (
            <ColumnHeader
              key={at}
              className={`${styles.columnHeader} ${axes[figure.columns.role]}`}
              data-on={at === looked.column || undefined}
            >
              <span>
                <TokenAt tokens={figure.columns.labels} at={at} as="entry" />
              </span>
            </ColumnHeader>
          ))}
        </GridRow>
        {entries(figure.rows.labels).map(({ text, at }) => (
          <MatrixGridRow
            key={at}
            id={id}
            row={at}
            text={text}
            place={twinPlace(figure.rows.labels, at)}
            axis={figure.rows.role}
            matrix={figure.matrix}
            ramp={ramp}
            limit={figure.limit}
            selectedColumn={at === selected.row ? selected.column : -1}
            looked={at === looked.row}
          />
        ))}
      </Grid>
      <CellNumbers matrix={figure.matrix} ramp={ramp} limit={figure.limit} />
      <GridOverlay
        selected={selected}
        looked={looked}
        band={figure.columns.role === "query" ? "column" : "row"}
      />
    </div>
  );
}

function cellUnder(event: PointerEvent | MouseEvent): Cell | null {
  const found = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-cell]") : null;
  const place = found?.dataset.cell?.split(" ").map(Number);
  return place?.[0] === undefined || place[1] === undefined ? null : { row: place[0], column: place[1] };
}
