import { Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { useLanguage, useT } from "../i18n/I18n";
import { useProgress } from "../store/ProgressContext";
import { useSettings } from "../store/SettingsContext";
import { ChapterList, titleOf } from "./ChapterList";
import { type NamedChapter, proseOf } from "./chapters";
import styles from "./Lesson.module.css";
import { type Answer, type Lesson, LessonProvider, type QuestionName } from "./LessonContext";
import { type Figures, LessonFigure } from "./LessonFigure";
import { LessonHead } from "./LessonHead";
import { Pager } from "./Pager";
import { Pane } from "./Pane";
import "./present.css";
import { COMPONENTS } from "./prose/components";
import { Sources } from "./Sources";
import type { OpenSession } from "./stage";
import { useLessonKeys } from "./useLessonKeys";
import { usePresenting } from "./usePresenting";
import { useStages } from "./useStages";

interface Props {
  chapter: NamedChapter;
  open: OpenSession;
  figures: Figures;
}

/** One chapter: prose beside the live figure of its step. The reader sets the pace. */
export function LessonPlayer({ chapter, open, figures }: Props) {
  const t = useT();
  const language = useLanguage();
  const place = useSettings((settings) => settings.lesson);
  const set = useSettings((settings) => settings.set);
  const reach = useProgress((progress) => progress.reach);
  const check = useProgress((progress) => progress.check);
  const { slug, steps } = chapter;
  const present = place?.present ?? false;
  const at = Math.min(place?.at ?? 0, steps.length - 1);
  const stages = useStages(chapter, open, at);
  const stage = stages[at];
  const [notes, setNotes] = useState(false);
  const [notesPlace, setNotesPlace] = useState<HTMLElement | null>(null);
  const [answers, setAnswers] = useState<Lesson["answers"]>({});
  const title = titleOf(t, slug);

  const go = useCallback(
    (to: number) => set({ lesson: { slug, at: Math.max(0, Math.min(to, steps.length - 1)), present } }),
    [set, slug, steps, present],
  );
  const keys = useMemo(
    () => ({ move: (by: number) => go(at + by), notes: () => setNotes((shown) => !shown) }),
    [go, at],
  );
  const leave = useCallback(() => set({ lesson: { slug, at, present: false } }), [set, slug, at]);
  useLessonKeys(present, keys);
  usePresenting(present, leave);
  useEffect(() => reach(slug, at), [reach, slug, at]);
  useEffect(() => {
    document.title = title;
    return () => {
      document.title = t("app.title");
    };
  }, [title, t]);

  const lesson = useMemo<Lesson>(
    () => ({
      chapter,
      stages,
      open,
      at,
      notes: present && notes ? notesPlace : null,
      answers,
      answer: (question: QuestionName, answer: Answer) =>
        setAnswers((known) => ({ ...known, [question]: answer })),
      pass: () => check(slug),
    }),
    [chapter, stages, open, at, present, notes, notesPlace, answers, check, slug],
  );
  const Prose = proseOf(chapter, language);
  if (stage === undefined) return null;
  const pager = <Pager at={at} steps={steps.length} onGo={go} />;
  return (
    <LessonProvider lesson={lesson}>
      <article className={styles.lesson}>
        <LessonHead title={title} chapter={chapter} at={at} present={present}>
          {pager}
        </LessonHead>
        <div className={styles.beside}>
          <Pane label={t("lessons.prose")} fits={present} anew={at}>
            <Suspense fallback={<p role="status">{t("lessons.waiting")}</p>}>
              <Prose components={COMPONENTS} />
            </Suspense>
            {!present && pager}
          </Pane>
          <Pane label={t("lessons.figure")} fits={present} most={1.25} anew={at}>
            <LessonFigure key={at} stage={stage} figures={figures} />
          </Pane>
        </div>
        <div ref={setNotesPlace} className={styles.notes} />
        <Sources sources={chapter.sources} />
      </article>
      <ChapterList />
    </LessonProvider>
  );
}
