import { useId } from "react";
import styles from "./Prose.module.css";
import { useQuestion } from "./QuestionContext";

/** The field of a question that asks for a number. */
export function NumberAnswer({ label }: { label: string }) {
  const { said, say } = useQuestion();
  const id = useId();
  return (
    <p className={styles.numberAnswer}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        inputMode="decimal"
        autoComplete="off"
        value={said ?? ""}
        onChange={(event) => say(event.currentTarget.value)}
      />
    </p>
  );
}
