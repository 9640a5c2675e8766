import type { ReactNode } from "react";
import { SessionProvider } from "../../store/SessionContext";
import { StageProvider, useLesson } from "../LessonContext";
import { PrintedFigure } from "../PrintedFigure";
import styles from "./Prose.module.css";

/** One step of a chapter: its prose reads the step's own figure. On screen one step is shown, on paper all. */
export function Step({ id, children }: { id: string; children: ReactNode }) {
  const { chapter, stages, at } = useLesson();
  const index = chapter.steps.findIndex((step) => step.id === id);
  const stage = stages[index];
  if (stage === undefined) throw new Error(`${chapter.slug} has no step ${id} in its chapter.ts`);
  return (
    <section className={styles.step} data-step={id} hidden={index !== at}>
      <StageProvider stage={stage}>
        <SessionProvider store={stage.session}>
          {children}
          <PrintedFigure />
        </SessionProvider>
      </StageProvider>
    </section>
  );
}
