import type { HeadFacts } from "../../analysis/heads/headFacts";
import { useT } from "../../i18n/I18n";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { number } from "../../viz/format";
import styles from "./HeadList.module.css";
import { headCode } from "./names";

interface Props {
  fact: HeadFacts;
  /** The most keys that a head of the list uses, where that is what the list is about; else null. */
  mostKeys: number | null;
}

/** One head: its name, what it does here and how clearly. */
export function HeadItem({ fact, mostKeys }: Props) {
  const t = useT();
  const store = useSessionStore();
  const { stack, layer, head, place: attention, label, effectiveKeys } = fact;
  const place = { stack, attention, layer, head };
  const isOn = useSession(
    ({ selection }) =>
      selection.stack === stack &&
      selection.attention === attention &&
      selection.layer === layer &&
      selection.head === head,
  );
  return (
    <li data-on={isOn || undefined}>
      <button
        type="button"
        aria-pressed={isOn}
        className={styles.item}
        onPointerEnter={() => store.getState().look(place)}
        onPointerLeave={() => store.getState().look(null)}
        onClick={() => {
          store.getState().look(null);
          store.getState().select(place);
        }}
      >
        <span className={styles.code}>{headCode(t, place, head)}</span>
        <span>
          {label === null
            ? t("heads.mixed", { keys: number(effectiveKeys) })
            : t(`heads.label.${label.label}`)}
          <span className={styles.bar}>
            <i
              style={{
                width: `${100 * (mostKeys === null ? (label?.score ?? 0) : effectiveKeys / mostKeys)}%`,
              }}
            />
          </span>
        </span>
        <span className={styles.score}>
          {mostKeys !== null
            ? t("heads.keys", { keys: number(effectiveKeys) })
            : label !== null && number(label.score)}
        </span>
      </button>
    </li>
  );
}
