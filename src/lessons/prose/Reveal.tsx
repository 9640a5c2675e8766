import type { ReactNode } from "react";
import { T } from "../../i18n/T";
import styles from "./Prose.module.css";
import { useQuestion } from "./QuestionContext";

/** The button that asks the engine, and what is said once it has answered: of a check, once the answer is right. */
export function Reveal({ children }: { children: ReactNode }) {
  const { said, asked, right, ask, retries } = useQuestion();
  const open = asked && (retries ? right === true : true);
  return (
    <div className={styles.reveal}>
      {!asked && (
        <button type="button" className={styles.button} disabled={said === null || said === ""} onClick={ask}>
          <T id={retries ? "lessons.check.ask" : "lessons.reveal"} />
        </button>
      )}
      <div role="status">
        {right !== null && (
          <p className={right ? styles.right : styles.wrong}>
            <T id={`lessons.${retries ? "check" : "predict"}.${right ? "right" : "wrong"}`} />
          </p>
        )}
      </div>
      {open && children}
    </div>
  );
}
