import { useMemo } from "react";
import { useT } from "../i18n/I18n";
import { createProgress } from "../store/lessonProgress";
import { ProgressProvider } from "../store/ProgressContext";
import { useSettings } from "../store/SettingsContext";
import { ChapterList } from "./ChapterList";
import { chapterOf } from "./chapters";
import styles from "./Lesson.module.css";
import type { Figures } from "./LessonFigure";
import { LessonPlayer } from "./LessonPlayer";
import type { OpenSession } from "./stage";

/** The lessons: one chapter, or the list of all where no chapter has the address's name. */
export function Lessons({ open, figures }: { open: OpenSession; figures: Figures }) {
  const slug = useSettings((settings) => settings.lesson?.slug ?? "");
  const chapter = chapterOf(slug);
  const progress = useMemo(() => createProgress(() => window.localStorage), []);
  return (
    <ProgressProvider store={progress}>
      {chapter === null ? (
        <Index />
      ) : (
        <LessonPlayer key={slug} chapter={chapter} open={open} figures={figures} />
      )}
    </ProgressProvider>
  );
}

function Index() {
  const t = useT();
  return (
    <div className={styles.index}>
      <h1>{t("lessons.title")}</h1>
      <p className={styles.about}>{t("lessons.about")}</p>
      <ChapterList />
    </div>
  );
}
