import { memo } from "react";
import { around } from "../viz/extent";
import { number } from "../viz/format";
import { ColumnHeader, GridCell, GridRow, RowHeader } from "./gridParts";
import { type Cell, entries, type MatrixFigure, valueAt } from "./matrixFigure";
import { TokenAt } from "./TokenAt";

interface Props {
  /** Prefix of the cells' element ids. */
  id: string;
  figure: MatrixFigure;
  selected: Cell;
}

/** Rows and columns around the chosen cell that readers who do not see the canvas can walk at once. */
const ROWS = 5;
const COLUMNS = 9;

/** A window of a large matrix as real rows and cells, said but not drawn. It is the same while the pointer looks elsewhere. */
export const SpokenCells = memo(function SpokenCells({ id, figure, selected }: Props) {
  const down = around(figure.matrix.rows, selected.row, ROWS);
  const across = around(figure.matrix.columns, selected.column, COLUMNS);
  const columns = entries(figure.columns.labels, across.from, across.to);
  return (
    <div className="spoken">
      <GridRow aria-rowindex={1}>
        <ColumnHeader aria-colindex={1}>{figure.rows.name}</ColumnHeader>
        {columns.map(({ at }) => (
          <ColumnHeader key={at} aria-colindex={at + 2}>
            <TokenAt tokens={figure.columns.labels} at={at} as="entry" />
          </ColumnHeader>
        ))}
      </GridRow>
      {entries(figure.rows.labels, down.from, down.to).map(({ at: row }) => (
        <GridRow key={row} aria-rowindex={row + 2}>
          <RowHeader aria-colindex={1}>
            <TokenAt tokens={figure.rows.labels} at={row} as="entry" />
          </RowHeader>
          {columns.map(({ at: column }) => (
            <GridCell
              key={column}
              id={`${id}-${row}-${column}`}
              aria-colindex={column + 2}
              aria-selected={row === selected.row && column === selected.column}
            >
              {number(valueAt(figure, { row, column }))}
            </GridCell>
          ))}
        </GridRow>
      ))}
    </div>
  );
});
