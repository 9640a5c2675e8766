import { useEffect, useRef, useState } from "react";
import type { Readout } from "../../analysis/readout";
import { visibleRows } from "../../viz/extent";
import { OutcomeRow } from "./OutcomeRow";
import styles from "./Output.module.css";
import type { Ranking } from "./outcomes";

interface Props {
  label: string;
  readout: Readout;
  ranking: Ranking;
  /** The ranks to list. */
  ranks: readonly number[];
  texts: readonly string[] | null;
  /** Whether a click adds an outcome to the sentence. */
  canAppend: boolean;
  /** Its rank among what is left out where there is no room. */
  spare: number | undefined;
}

const ROW = 25;
const HEIGHT = 250;

/** Every outcome by rank; rows that are scrolled out of sight are not made. */
export function OutcomeList({ label, readout, ranking, ranks, texts, canAppend, spare }: Props) {
  const box = useRef<HTMLUListElement>(null);
  const [scrolled, setScrolled] = useState(0);
  const { order, drawn, distribution } = ranking;
  const shown = visibleRows(ranks.length, ROW, scrolled, HEIGHT, 6);
  const most = drawn.get(order[0] ?? 0) ?? 1;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row of logits begins at its top again
  useEffect(() => {
    if (box.current) box.current.scrollTop = 0;
    setScrolled(0);
  }, [readout]);
  return (
    <ul
      ref={box}
      aria-label={label}
      className={styles.list}
      data-spare={spare}
      style={{ height: Math.min(ranks.length, HEIGHT / ROW) * ROW }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={() => setScrolled(box.current?.scrollTop ?? 0)}
    >
      {shown.from > 0 && <li aria-hidden="true" style={{ height: shown.from * ROW }} />}
      {ranks.slice(shown.from, shown.to).map((rank) => {
        const id = order[rank] ?? 0;
        return (
          <OutcomeRow
            key={id}
            rank={rank}
            size={order.length}
            text={texts?.[id] ?? null}
            logit={readout.logits[id] ?? Number.NaN}
            probability={distribution.probabilities[id] ?? 0}
            drawn={drawn.get(id) ?? 0}
            most={most}
            canAppend={canAppend}
          />
        );
      })}
      {shown.to < ranks.length && (
        <li aria-hidden="true" style={{ height: (ranks.length - shown.to) * ROW }} />
      )}
    </ul>
  );
}
