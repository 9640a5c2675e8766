import { BarRow } from "../../components/BarRow";
import type { GridProps } from "../../components/gridProps";
import { entries } from "../../components/matrixFigure";
import styles from "./Steps.module.css";

/** One number for each token: a maximum, a sum, a mean, a scale. */
export function ColumnBars({ label, figure, looked, onLook, onLock }: GridProps) {
  const values = figure.matrix.data;
  const finite = Array.from(values).filter(Number.isFinite);
  const from = Math.min(...finite, 0);
  const to = Math.max(...finite, 0);
  return (
    <ul aria-label={label} className={styles.bars} onPointerLeave={() => onLook(null)}>
      {entries(figure.rows.labels).map(({ text, at }) => (
        <BarRow
          key={at}
          name={text}
          axis={figure.rows.role}
          value={values[at] ?? Number.NaN}
          from={from}
          to={to}
          isOn={at === looked.row}
          onLook={() => onLook({ row: at, column: 0 })}
          onChoose={() => onLock({ row: at, column: 0 })}
        />
      ))}
    </ul>
  );
}
