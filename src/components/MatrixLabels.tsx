import { type CSSProperties, memo } from "react";
import { isLong } from "../viz/tokenText";
import axes from "./axes.module.css";
import styles from "./MatrixCanvasGrid.module.css";
import { entries, type MatrixAxis } from "./matrixFigure";
import { TokenAt } from "./TokenAt";

interface Props {
  axis: MatrixAxis;
  /** The entry that the pointer is on. */
  looked: number;
}

/** Names beside the rows of a matrix: as many as there is room for, and the looked one. */
export function RowLabels({ axis, looked }: Props) {
  return (
    <div aria-hidden="true" className={`${styles.rowLabels} ${axes[axis.role]}`}>
      <Along axis={axis} looked={looked} as="--row" every={stepOf(axis.labels)} />
    </div>
  );
}

/** Names over its columns: of tokens, or of the looked dimension alone. */
export function ColumnLabels({ axis, looked }: Props) {
  const every = axis.role === "dimension" ? Number.POSITIVE_INFINITY : stepOf(axis.labels);
  return (
    <div aria-hidden="true" className={`${styles.columnLabels} ${axes[axis.role]}`}>
      <div>
        <Along axis={axis} looked={looked} as="--column" every={every} />
      </div>
    </div>
  );
}

/** So many labels stand readably along a side. */
const READABLE = 28;

function stepOf(labels: readonly string[]): number {
  return Math.ceil(labels.length / READABLE);
}

interface AlongProps extends Props {
  /** The property that places a label. */
  as: "--row" | "--column";
  /** Every n-th label is drawn. */
  every: number;
}

/** The labels stay where they are while one moves over them: those that it would touch give way. */
function Along({ axis: { labels }, looked, as, every }: AlongProps) {
  const room = every === 1 ? 0 : every;
  return (
    <>
      {Number.isFinite(every) &&
        entries(labels)
          .filter(({ at }) => at % every === 0)
          .map(({ at }) => (
            <Label
              key={at}
              labels={labels}
              at={at}
              as={as}
              givesWay={Math.abs(at - looked) <= room}
              near={Math.abs(at - looked) <= every}
            />
          ))}
      <Label labels={labels} at={looked} as={as} isOn />
    </>
  );
}

interface LabelProps {
  labels: readonly string[];
  at: number;
  as: "--row" | "--column";
  isOn?: boolean;
  givesWay?: boolean;
  /** It would touch the looked one where there is less room. */
  near?: boolean;
}

const Label = memo(function Label({ labels, at, as, isOn, givesWay, near }: LabelProps) {
  return (
    <span
      style={{ [as]: at } as CSSProperties}
      data-on={isOn || undefined}
      data-gives-way={givesWay || undefined}
      data-near={near || undefined}
      data-long={isLong(labels[at] ?? "") || undefined}
    >
      <TokenAt tokens={labels} at={at} as="entry" />
    </span>
  );
});
