import { useId, useState } from "react";
import { useT } from "../../i18n/I18n";
import styles from "./Sharing.module.css";

interface Props {
  label: string;
  text: string;
  /** Lines of the box. */
  rows: number;
}

/** A text to take away: it can be selected, and a button copies it. */
export function Copyable({ label, text, rows }: Props) {
  const t = useT();
  const id = useId();
  const [outcome, setOutcome] = useState<{ readonly text: string; readonly done: boolean } | null>(null);
  const copy = () =>
    Promise.resolve(navigator.clipboard?.writeText(text) ?? Promise.reject()).then(
      () => setOutcome({ text, done: true }),
      () => setOutcome({ text, done: false }),
    );
  const said = outcome?.text === text ? t(outcome.done ? "share.copied" : "share.copyFailed") : "";
  return (
    <div className={styles.copyable}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        readOnly
        rows={rows}
        value={text}
        spellCheck={false}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className={styles.row}>
        <button type="button" className={styles.button} onClick={() => void copy()}>
          {t("share.copy")}
        </button>
        <output className={styles.said}>{said}</output>
      </div>
    </div>
  );
}
