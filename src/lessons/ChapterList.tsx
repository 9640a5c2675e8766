import type { MouseEvent } from "react";
import type { MessageKey } from "../i18n/areas";
import { useT } from "../i18n/I18n";
import { useProgress } from "../store/ProgressContext";
import { useSettings } from "../store/SettingsContext";
import { GROUPS } from "./chapter";
import { CHAPTERS, type NamedChapter } from "./chapters";
import styles from "./Lesson.module.css";

/** Every chapter of the course by its part, with how far the reader has come. */
export function ChapterList() {
  const t = useT();
  return (
    <nav className={styles.chapters} aria-label={t("lessons.title")}>
      {GROUPS.map((group) => {
        const chapters = CHAPTERS.filter((chapter) => chapter.group === group);
        if (chapters.length === 0) return null;
        return (
          <section key={group}>
            <h2>{t(`lessons.group.${group}`)}</h2>
            <ol>
              {chapters.map((chapter) => (
                <ChapterItem key={chapter.slug} chapter={chapter} />
              ))}
            </ol>
          </section>
        );
      })}
    </nav>
  );
}

function ChapterItem({ chapter: { slug, steps, minutes } }: { chapter: NamedChapter }) {
  const t = useT();
  const lesson = useSettings((settings) => settings.lesson);
  const set = useSettings((settings) => settings.set);
  const known = useProgress(({ chapters }) => chapters[slug]);
  const go = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    set({ lesson: { slug, at: 0, present: false } });
    window.scrollTo(0, 0);
  };
  return (
    <li>
      <a href={`#v=1&lesson=${slug}`} aria-current={lesson?.slug === slug ? "page" : undefined} onClick={go}>
        {titleOf(t, slug)}
      </a>
      <span className={styles.state}>
        {known?.checked
          ? t("lessons.checked")
          : known === undefined
            ? t("lessons.minutes", { minutes })
            : t("lessons.begun", { step: known.at + 1, steps: steps.length })}
      </span>
    </li>
  );
}

/** The title of a chapter. */
export function titleOf(t: ReturnType<typeof useT>, slug: string): string {
  return t(`lessons.title.${slug}` as MessageKey);
}
