import { useMemo } from "react";
import { logitsAt, topOutcomes } from "../../analysis/distribution";
import { entries } from "../../components/matrixFigure";
import { TokenAt } from "../../components/TokenAt";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { percent } from "../../viz/format";
import styles from "./Extras.module.css";

/** The label of every token, of a model that gives each its own. */
export function TokenLabels({ trace }: { trace: Trace }) {
  const t = useT();
  const store = useSessionStore();
  const query = useSession((session) => session.selection.query);
  const { logits } = trace.sites;
  const labels = trace.spec.heads.find((head) => head.kind === "token")?.labels ?? [];
  const best = useMemo(
    () => trace.tokens.map((_, at) => (logits ? topOutcomes(logitsAt(logits, at), 1)[0] : undefined)),
    [trace.tokens, logits],
  );
  return (
    <ul aria-label={t("readings.labels")} className={`${styles.list} ${styles.labelled}`}>
      {entries(trace.tokens.map(({ text }) => text)).map(({ at }) => (
        <li key={at} data-on={at === query || undefined}>
          <button type="button" className={styles.row} onClick={() => store.getState().lock({ query: at })}>
            <span className={styles.token}>
              <TokenAt tokens={trace.tokens} at={at} as="entry" />
            </span>
            <span className={styles.track}>
              <i style={{ width: `${100 * (best[at]?.probability ?? 0)}%` }} />
            </span>
            <span>{labels[best[at]?.id ?? 0]}</span>
            <span className={styles.number}>{percent(best[at]?.probability ?? 0)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
