import type { ReactNode } from "react";
import { T } from "../../i18n/T";
import { useLesson } from "../LessonContext";
import styles from "./Prose.module.css";

/** What a teacher may say here: shown while presenting, when asked for. */
export function Notes({ children }: { children: ReactNode }) {
  const { notes } = useLesson();
  if (!notes) return null;
  return (
    <aside className={styles.notes}>
      <p className={styles.notesTitle}>
        <T id="lessons.notes" />
      </p>
      {children}
    </aside>
  );
}
