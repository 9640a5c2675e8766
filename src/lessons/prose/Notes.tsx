import type { ReactNode } from "react";
import { createPortal } from "react-dom";
import { T } from "../../i18n/T";
import { useLesson, useStage } from "../LessonContext";
import styles from "./Prose.module.css";

/** What a teacher may say here: shown below the step while presenting, when asked for. */
export function Notes({ children }: { children: ReactNode }) {
  const { notes, stages, at } = useLesson();
  const stage = useStage();
  if (notes === null || stages[at] !== stage) return null;
  return createPortal(
    <aside className={styles.notes}>
      <p className={styles.notesTitle}>
        <T id="lessons.notes" />
      </p>
      {children}
    </aside>,
    notes,
  );
}
