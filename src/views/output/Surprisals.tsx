import { useMemo } from "react";
import { surprisals, textProbability } from "../../analysis/surprisal";
import { entries } from "../../components/matrixFigure";
import { TokenAt } from "../../components/TokenAt";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { LOGIT_ROWS } from "../../store/logitRows";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { useNeed } from "../../store/useNeed";
import { count, number, percent } from "../../viz/format";
import styles from "./Extras.module.css";

/** How expected each typed token was given those before it, and how probable that makes the whole text. */
export function Surprisals({ trace }: { trace: Trace }) {
  const t = useT();
  const store = useSessionStore();
  const query = useSession((session) => session.selection.query);
  const { tokens } = trace;
  useNeed(LOGIT_ROWS);
  const { logits } = trace.sites;
  const isWhole = logits?.shape[0] === tokens.length;
  const all = useMemo(
    () =>
      logits === undefined || !isWhole
        ? []
        : surprisals(
            logits,
            tokens.map(({ id }) => id),
          ),
    [logits, isWhole, tokens],
  );
  // Its rows are on their way.
  if (!isWhole) return null;
  const whole = textProbability(all);
  const most = all.reduce((best, each, at) => ((each?.bits ?? 0) > (all[best]?.bits ?? 0) ? at : best), 0);
  const largest = all[most]?.bits ?? 1;
  return (
    <>
      <p className={styles.say}>
        <T
          id="readings.say.surprisal"
          components={{
            token: <TokenAt tokens={tokens} at={most} />,
            bits: <b>{number(largest)}</b>,
            share: <b>{percent(all[most]?.probability ?? 0)}</b>,
          }}
        />
      </p>
      <ul aria-label={t("readings.surprisal.list")} className={styles.list}>
        {entries(tokens.map(({ text }) => text)).map(({ at }) => {
          const own = all[at] ?? null;
          return (
            <li key={at} data-on={at === query || undefined}>
              <button
                type="button"
                className={styles.row}
                onClick={() => store.getState().lock({ query: at })}
              >
                <span className={styles.token}>
                  <TokenAt tokens={tokens} at={at} as="entry" />
                </span>
                <span className={styles.track}>
                  {own !== null && <i style={{ width: `${(100 * own.bits) / largest}%` }} />}
                </span>
                <span className={styles.number}>
                  {own === null ? "" : t("readings.bits", { bits: number(own.bits) })}
                </span>
                <span className={styles.number}>{own === null ? "" : percent(own.probability)}</span>
                <span className={styles.rank}>
                  {own === null ? t("readings.first") : t("readings.rank", { rank: count(own.rank) })}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <p className={styles.sum}>
        <T
          id="readings.sum"
          values={{
            bits: number(whole.bits),
            probability: number(whole.probability),
            perplexity: number(whole.perplexity),
          }}
        />
      </p>
    </>
  );
}
