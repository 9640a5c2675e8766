import type { ReactNode } from "react";
import { T } from "../../i18n/T";
import styles from "./Prose.module.css";
import { QuestionContext } from "./QuestionContext";
import { useAsked } from "./useAsked";

/** The chapter's prediction: options, and a `<Reveal>` that opens once one of them was chosen. */
export function Predict({ children }: { children: ReactNode }) {
  const asked = useAsked("predict");
  return (
    <QuestionContext value={asked}>
      <fieldset className={styles.question} data-question="predict">
        <legend>
          <T id="lessons.predict" />
        </legend>
        {children}
      </fieldset>
    </QuestionContext>
  );
}
