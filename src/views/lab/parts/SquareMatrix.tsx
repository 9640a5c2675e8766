import { useState } from "react";
import type { AxisRole, Cell } from "../../../components/matrixFigure";
import { PatternGrid } from "../../../components/PatternGrid";
import { largestOf } from "../../../viz/heatmap";
import type { RampKind } from "../../../viz/ramp";
import styles from "./Parts.module.css";

interface Props {
  name: string;
  /** [rows, columns] */
  data: Float32Array;
  /** Names of the rows, and of the columns where they have none of their own. */
  labels: readonly string[];
  columns?: readonly string[];
  kind: RampKind;
  limit?: number;
  role?: AxisRole;
  onCell?: (cell: Cell) => void;
}

const CORNER: Cell = { row: 0, column: 0 };

/** A matrix that is not over queries and keys: it has a cell of its own that the reader is at. */
export function SquareMatrix({
  name,
  data,
  labels,
  columns = labels,
  kind,
  limit,
  role = "position",
  onCell,
}: Props) {
  const [selected, setSelected] = useState(CORNER);
  const [looked, setLooked] = useState<Cell | null>(null);
  const inside = (cell: Cell): Cell => ({
    row: Math.min(cell.row, labels.length - 1),
    column: Math.min(cell.column, columns.length - 1),
  });
  const choose = (cell: Cell) => {
    setSelected(cell);
    onCell?.(cell);
  };
  return (
    <figure className={styles.square}>
      <figcaption>{name}</figcaption>
      <PatternGrid
        label={name}
        figure={{
          matrix: { data, rows: labels.length, columns: columns.length },
          rows: { role, name, labels },
          columns: { role, name, labels: columns },
          kind,
          limit: limit ?? largestOf(data),
        }}
        transpose={false}
        selected={inside(selected)}
        looked={inside(looked ?? selected)}
        onLook={setLooked}
        onLock={choose}
        onMove={setSelected}
      />
    </figure>
  );
}
