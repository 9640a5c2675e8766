import type { ReactNode } from "react";
import { T } from "../../i18n/T";
import styles from "./Prose.module.css";
import { useQuestion } from "./QuestionContext";

/** One of the answers of a prediction or a check, or one of the figures of a change. */
export function Option({ id, children }: { id: string; children: ReactNode }) {
  const { name, said, engine, say } = useQuestion();
  return (
    <label className={styles.option} data-engine={engine === id || undefined}>
      <input type="radio" name={name} value={id} checked={said === id} onChange={() => say(id)} />
      <span>
        {children}
        {engine === id && (
          <em className={styles.mark}>
            <T id="lessons.engine" />
          </em>
        )}
      </span>
    </label>
  );
}
