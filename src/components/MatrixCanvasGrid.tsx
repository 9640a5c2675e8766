import { type MouseEvent, type PointerEvent, useDeferredValue, useId, useRef } from "react";
import { isLong } from "../viz/tokenText";
import axes from "./axes.module.css";
import { Grid } from "./gridParts";
import type { GridProps } from "./gridProps";
import { HeatmapCanvas } from "./HeatmapCanvas";
import styles from "./MatrixCanvasGrid.module.css";
import { type Cell, entries, type MatrixFigure } from "./matrixFigure";
import { SpokenCells } from "./SpokenCells";
import { TokenAt } from "./TokenAt";
import { useGridKeys } from "./useGridKeys";

/**
 * A large matrix: one canvas for the eye, and a window of real cells around the chosen one for the keyboard and for
 * readers. The labels of the looked cell stand beside its row and over its column.
 */
export function MatrixCanvasGrid({ label, figure, selected, looked, onLook, onLock, onMove }: GridProps) {
  const id = useId();
  const area = useRef<HTMLDivElement>(null);
  const { rows, columns } = figure.matrix;
  // Nobody hears a head that the pointer only passes, nor a stage that the keys only pass.
  const spoken = useDeferredValue(figure, null);
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
      <ColumnLabels figure={figure} looked={looked} />
      <RowLabels figure={figure} looked={looked} />
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
          <div aria-hidden="true" className={styles.band} style={{ "--row": looked.row }} />
          <div aria-hidden="true" className={styles.looked} style={at(looked)} />
          <div aria-hidden="true" className={styles.selected} style={at(selected)} />
        </div>
        {spoken !== null && <SpokenCells id={id} figure={spoken} selected={selected} />}
      </Grid>
    </div>
  );
}

function at({ row, column }: Cell) {
  return { "--row": row, "--column": column };
}

interface LabelsProps {
  figure: MatrixFigure;
  looked: Cell;
}

/** As many labels as there is room for (see thinned), and the looked one. */
function RowLabels({ figure, looked }: LabelsProps) {
  return (
    <div aria-hidden="true" className={`${styles.rowLabels} ${axes[figure.rows.role]}`}>
      {thinned(figure.rows.labels, looked.row).map(({ text, at }) => (
        <span
          key={at}
          style={{ "--row": at }}
          data-on={at === looked.row || undefined}
          data-long={isLong(text) || undefined}
        >
          <TokenAt tokens={figure.rows.labels} at={at} as="entry" />
        </span>
      ))}
    </div>
  );
}

/** Labels of tokens along the top, and of dimensions the looked one alone. */
function ColumnLabels({ figure, looked }: LabelsProps) {
  const { labels, role } = figure.columns;
  const shown =
    role === "dimension" ? entries(labels, looked.column, looked.column + 1) : thinned(labels, looked.column);
  return (
    <div aria-hidden="true" className={`${styles.columnLabels} ${axes[role]}`}>
      <div>
        {shown.map(({ text, at }) => (
          <span
            key={at}
            style={{ "--column": at }}
            data-on={at === looked.column || undefined}
            data-long={isLong(text) || undefined}
          >
            <TokenAt tokens={labels} at={at} as="entry" />
          </span>
        ))}
      </div>
    </div>
  );
}

/** Labels that stand readably beside each other: every n-th, and the looked one in place of its neighbours. */
function thinned(labels: readonly string[], looked: number): ReturnType<typeof entries> {
  const every = Math.ceil(labels.length / READABLE);
  return entries(labels).filter(
    ({ at }) => at === looked || (at % every === 0 && (every === 1 || Math.abs(at - looked) > every)),
  );
}

/** So many labels fit along a side. */
const READABLE = 28;
