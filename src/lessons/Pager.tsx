import { useT } from "../i18n/I18n";
import styles from "./Lesson.module.css";

interface Props {
  at: number;
  steps: number;
  onGo(at: number): void;
}

/** One step back or on, and where the reader is. */
export function Pager({ at, steps, onGo }: Props) {
  const t = useT();
  return (
    <div className={styles.pager}>
      <button type="button" className={styles.button} disabled={at === 0} onClick={() => onGo(at - 1)}>
        {t("lessons.previous")}
      </button>
      <p role="status">{t("lessons.step", { step: at + 1, steps })}</p>
      <button
        type="button"
        className={`${styles.button} ${styles.next}`}
        disabled={at === steps - 1}
        onClick={() => onGo(at + 1)}
      >
        {t("lessons.next")}
      </button>
    </div>
  );
}
