import { useT } from "../../i18n/I18n";
import { isText } from "../../store/run";
import { useSessionStore } from "../../store/SessionContext";
import { number, percent } from "../../viz/format";
import { tokenText } from "../../viz/tokenText";
import styles from "./Output.module.css";

interface Props {
  rank: number;
  size: number;
  /** null until the vocabulary is there. */
  text: string | null;
  logit: number;
  probability: number;
  /** After top-k and top-p: 0 where it was cut. */
  drawn: number;
  /** The largest share of the list. */
  most: number;
  canAppend: boolean;
}

/** One outcome: its token, logit and probability. A click adds it to the sentence. */
export function OutcomeRow({ rank, size, text, logit, probability, drawn, most, canAppend }: Props) {
  const t = useT();
  const store = useSessionStore();
  const isCut = drawn === 0;
  const name = text === null ? "" : tokenText(text);
  const inside = (
    <>
      <bdi className={styles.token} translate="no" data-space={text?.startsWith(" ") || undefined}>
        {name}
      </bdi>{" "}
      <span className={styles.track}>
        <i style={{ width: `${(100 * (isCut ? probability : drawn)) / most}%` }} />
      </span>
      <span className={styles.logit} title={t("output.logit")}>
        {number(logit)}
      </span>{" "}
      <span className={styles.share}>{isCut ? t("output.cut") : percent(drawn)}</span>
    </>
  );
  return (
    <li
      aria-posinset={rank + 1}
      aria-setsize={size}
      data-cut={isCut || undefined}
      data-first={rank === 0 || undefined}
    >
      {canAppend && text !== null ? (
        <button
          type="button"
          className={styles.row}
          title={t("output.append.token", {
            token: name,
            share: percent(isCut ? probability : drawn),
            logit: number(logit),
          })}
          onClick={() => {
            const { runs, setText } = store.getState();
            const source = runs[0]?.run.source;
            if (source !== undefined && isText(source)) setText(source.text + text);
          }}
        >
          {inside}
        </button>
      ) : (
        <div className={styles.row}>{inside}</div>
      )}
    </li>
  );
}
