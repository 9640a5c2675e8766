import { memo } from "react";
import type { Trace } from "../../engine/trace";
import { T } from "../../i18n/T";
import { useSessionStore } from "../../store/SessionContext";
import type { Selection } from "../../store/selection";
import { stageOfSite } from "../../store/stageTable";
import { number } from "../../viz/format";
import styles from "./Cell.module.css";
import { chainOf, type Link } from "./chainOf";
import type { Focus } from "./focus";

interface Props {
  trace: Trace;
  looked: Selection;
  focus: Focus;
}

/** From q·k to the attention, one number a line; each line opens its own stage. */
export function Chain({ trace, looked, focus }: Props) {
  const store = useSessionStore();
  const { rows, dHead } = chainOf(trace, looked);
  return (
    <ol className={styles.chain}>
      {rows.map(({ id, part, value }) => (
        <li key={id} className={id === "attention" ? styles.big : undefined}>
          <button
            type="button"
            aria-pressed={part === focus.part}
            onClick={() => {
              const step = stageOfSite(part);
              const { query, key } = looked;
              if (step !== null) store.getState().lock({ step, site: part, query, key });
            }}
          >
            <span className={styles.name} data-on={part === focus.part || undefined}>
              <LinkName id={id} dHead={dHead} />
            </span>
            <span>{number(value)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

/** The same for every pair of tokens. */
const LinkName = memo(function LinkName({ id, dHead }: { id: Link; dHead: number }) {
  return (
    <T
      id={`cell.chain.${id}`}
      components={{
        root: (
          <math>
            <msqrt>
              <mn>{dHead}</mn>
            </msqrt>
          </math>
        ),
      }}
    />
  );
});
