import { useT } from "../../i18n/I18n";
import { useLooked, useSessionStore } from "../../store/SessionContext";
import { type Checkpoint, HEAD_SCORES } from "../../store/useCheckpoints";
import { number } from "../../viz/format";
import { headAt } from "./headAt";
import styles from "./Training.module.css";

/** From this score on a head is called by what it does, as in the list of all heads. */
const CLEAR = 0.4;

/** Every head of the small model with what it does most at this moment, and how clearly. */
export function HeadsForming({ checkpoint: { heads } }: { checkpoint: Checkpoint }) {
  const t = useT();
  const store = useSessionStore();
  const looked = useLooked();
  const chosen = headAt(looked, heads.length, heads[0]?.length ?? 1);
  return (
    <div>
      <h3>{t("training.heads")}</h3>
      <ul className={styles.heads}>
        {namesOf(heads).map(({ name, layer, head, scores }) => {
          const best = HEAD_SCORES.reduce((top, each) => (scores[each] > scores[top] ? each : top));
          return (
            <li key={name}>
              <button
                type="button"
                aria-pressed={chosen.layer === layer && chosen.head === head}
                data-clear={scores[best] >= CLEAR || undefined}
                onClick={() => store.getState().select({ layer, head })}
              >
                <span className={styles.code}>{name}</span>
                <span>{t(`heads.label.${best}`)}</span>
                <span className={styles.bar}>
                  <i style={{ width: `${100 * scores[best]}%` }} />
                </span>
                <span className={styles.score}>{number(scores[best])}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function namesOf(heads: Checkpoint["heads"]) {
  return heads.flatMap((row, layer) =>
    row.map((scores, head) => ({ name: `L${layer}H${head}`, layer, head, scores })),
  );
}
