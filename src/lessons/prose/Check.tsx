import { type ReactNode, useEffect } from "react";
import { T } from "../../i18n/T";
import { useLesson } from "../LessonContext";
import styles from "./Prose.module.css";
import { QuestionContext } from "./QuestionContext";
import { useAsked } from "./useAsked";

/** The chapter's check: options or a number, and a `<Reveal>` that opens on the right answer. */
export function Check({ children }: { children: ReactNode }) {
  const { pass } = useLesson();
  const asked = useAsked("check");
  const right = asked.right === true;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is passed once
  useEffect(() => {
    if (right) pass();
  }, [right]);
  return (
    <QuestionContext value={asked}>
      <fieldset className={styles.question} data-question="check">
        <legend>
          <T id="lessons.check" />
        </legend>
        {children}
      </fieldset>
    </QuestionContext>
  );
}
