import { logitsAt, topOutcomes } from "../../analysis/distribution";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { useEvaluation } from "../../store/useEvaluation";
import { percent } from "../../viz/format";
import styles from "./Extras.module.css";

/** Whether the second sentence follows the first, as BERT was taught to say. */
export function NextSentence({ trace }: { trace: Trace }) {
  const t = useT();
  const isGuess = guesses(useEvaluation(trace.modelId));
  const head = trace.spec.heads.find((each) => each.kind === "sequence" && each.site === "nsp_logits");
  const logits = trace.sites.nsp_logits;
  if (head === undefined || head.kind === "lm" || logits === undefined) return null;
  return (
    <>
      <p className={styles.say}>{t("readings.say.next")}</p>
      <ul aria-label={t("readings.next")} className={`${styles.list} ${styles.outcomes}`}>
        {topOutcomes(logitsAt(logits, 0), head.labels.length).map(({ id, probability }) => (
          <li key={id} className={styles.row}>
            <span className={styles.token}>{head.labels[id]}</span>
            <span className={styles.track}>
              <i style={{ width: `${100 * probability}%` }} />
            </span>
            <span className={styles.number}>{percent(probability)}</span>
          </li>
        ))}
      </ul>
      {isGuess && <p className={styles.say}>{t("readings.next.chance")}</p>}
    </>
  );
}

/** Whether the share of right answers that was measured may as well be that of guessing, by its interval. */
function guesses(evaluation: ReturnType<typeof useEvaluation>): boolean {
  const measured = evaluation?.next_sentence as { readonly interval?: readonly number[] } | undefined;
  return (measured?.interval?.[0] ?? 1) < 0.5;
}
