import type { ReactNode } from "react";
import { number, percent, signed } from "../viz/format";
import axes from "./axes.module.css";
import styles from "./BarRow.module.css";
import type { AxisRole } from "./matrixFigure";

interface Props {
  name: ReactNode;
  axis?: AxisRole;
  value: number;
  /** Smallest and largest value of the list, so that all its bars share one zero. */
  from: number;
  to: number;
  isOn?: boolean;
  /** The value is a share of one: a percentage, in ink. */
  isShare?: boolean;
  /** The numbers that were multiplied. */
  factors?: string;
  onLook?: (() => void) | undefined;
  /** Without it the row is no button. */
  onChoose?: (() => void) | undefined;
}

/** One number of a list: its name, a bar from the common zero, its value. */
export function BarRow({
  name,
  axis = "dimension",
  value,
  from,
  to,
  isOn,
  isShare = false,
  factors,
  onLook,
  onChoose,
}: Props) {
  const low = Math.min(0, from);
  const span = Math.max(0, to) - low || 1;
  const share = (x: number) => `${(100 * (x - low)) / span}%`;
  const inside = (
    <>
      <span className={`${styles.name} ${axes[axis]}`}>{name}</span>
      <span className={styles.track} style={{ "--zero": share(0) }}>
        {Number.isFinite(value) && (
          <i
            className={isShare ? styles.share : value < 0 ? styles.minus : styles.plus}
            style={{ left: share(Math.min(0, value)), width: `${(100 * Math.abs(value)) / span}%` }}
          />
        )}
      </span>
      {factors !== undefined && <span className={styles.factors}>{factors}</span>}
      <span className={styles.value}>
        {isShare ? percent(value) : low < 0 ? signed(value) : number(value)}
      </span>
    </>
  );
  return (
    <li className={styles.item} data-on={isOn || undefined} onPointerEnter={onLook}>
      {onChoose === undefined ? (
        <div className={styles.row} data-factors={factors !== undefined || undefined}>
          {inside}
        </div>
      ) : (
        <button type="button" className={`${styles.row} ${styles.button}`} onClick={onChoose}>
          {inside}
        </button>
      )}
    </li>
  );
}
