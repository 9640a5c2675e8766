import { logitsAt, topOutcomes } from "../../analysis/distribution";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { useEvaluation } from "../../store/useEvaluation";
import { percent } from "../../viz/format";
import styles from "./Extras.module.css";

/** Whether the second sentence follows the first, as BERT was taught to say. */
export function NextSentence({ trace }: { trace: Trace }) {
  const t = useT();
  const measured = measuredOf(useEvaluation(trace.modelId));
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
      {measured !== null && (
        <p className={styles.say}>
          {measured.isGuess
            ? t("readings.next.chance")
            : t("readings.next.measured", { share: percent(measured.share) })}
        </p>
      )}
    </>
  );
}

/** The share of held-out pairs that the model is right on, and whether by its interval that may as well be guessing; null where nobody measured. */
function measuredOf(evaluation: ReturnType<typeof useEvaluation>) {
  const said = evaluation?.next_sentence as
    | { readonly value?: number; readonly interval?: readonly number[] }
    | undefined;
  const [low = Number.NaN] = said?.interval ?? [];
  const share = said?.value ?? Number.NaN;
  return Number.isFinite(low) && Number.isFinite(share) ? { share, isGuess: low < 0.5 } : null;
}
