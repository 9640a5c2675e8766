import { useMemo, useRef, useState } from "react";
import { around, visibleRows } from "../viz/extent";
import { number } from "../viz/format";
import axes from "./axes.module.css";
import styles from "./MatrixTable.module.css";
import { type Cell, entries, exchange, exchangeCell, type MatrixFigure, valueAt } from "./matrixFigure";
import { TokenAt } from "./TokenAt";

interface Props {
  label: string;
  figure: MatrixFigure;
  looked: Cell;
  onLook(cell: Cell | null): void;
  onLock(cell: Cell): void;
}

const ROW = 26;
const HEIGHT = 420;
const COLUMNS = 40;

/**
 * The numbers themselves, to three significant digits. `transpose` writes them with the axes exchanged; the cells that it
 * takes and reports stay those of the figure.
 */
export function MatrixTable({ transpose, ...props }: Props & { transpose: boolean }) {
  const { figure, looked, onLook, onLock } = props;
  const turned = useMemo(() => (transpose ? exchange(figure) : figure), [figure, transpose]);
  if (!transpose) return <Table {...props} />;
  return (
    <Table
      label={props.label}
      figure={turned}
      looked={exchangeCell(looked)}
      onLook={(cell) => onLook(cell && exchangeCell(cell))}
      onLock={(cell) => onLock(exchangeCell(cell))}
    />
  );
}

/** Rows that are scrolled out of sight are not made. */
function Table({ label, figure, looked, onLook, onLock }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [scrolled, setScrolled] = useState(0);
  const { rows, columns } = figure.matrix;
  const shown = visibleRows(rows, ROW, scrolled, HEIGHT, 4);
  const across = around(columns, looked.column, COLUMNS);
  const columnsShown = entries(figure.columns.labels, across.from, across.to);
  return (
    <div
      ref={box}
      className={styles.box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={() => setScrolled(box.current?.scrollTop ?? 0)}
    >
      <table aria-label={label} aria-rowcount={rows + 1} aria-colcount={columns + 1} className={styles.table}>
        <thead>
          <tr>
            <td />
            {columnsShown.map(({ at }) => (
              <th key={at} scope="col" className={axes[figure.columns.role]}>
                <TokenAt tokens={figure.columns.labels} at={at} as="entry" />
              </th>
            ))}
          </tr>
        </thead>
        <tbody onPointerLeave={() => onLook(null)}>
          <Spacer rows={shown.from} columns={columnsShown.length + 1} />
          {entries(figure.rows.labels, shown.from, shown.to).map(({ at: row }) => {
            return (
              <tr key={row} aria-rowindex={row + 2} data-on={row === looked.row || undefined}>
                <th scope="row" className={axes[figure.rows.role]}>
                  <TokenAt tokens={figure.rows.labels} at={row} as="entry" />
                </th>
                {columnsShown.map(({ at: column }) => {
                  const cell = { row, column };
                  return (
                    // biome-ignore lint/a11y/useKeyWithClickEvents: the heatmap is the keyboard's way to the same cell
                    <td
                      key={cell.column}
                      data-on={(row === looked.row && cell.column === looked.column) || undefined}
                      onPointerEnter={() => onLook(cell)}
                      onClick={() => onLock(cell)}
                    >
                      {number(valueAt(figure, cell))}
                    </td>
                  );
                })}
              </tr>
            );
          })}
          <Spacer rows={rows - shown.to} columns={columnsShown.length + 1} />
        </tbody>
      </table>
    </div>
  );
}

function Spacer({ rows, columns }: { rows: number; columns: number }) {
  if (rows <= 0) return null;
  return (
    <tr>
      <td colSpan={columns} style={{ height: rows * ROW }} />
    </tr>
  );
}
