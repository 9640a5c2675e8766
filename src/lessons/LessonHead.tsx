import type { ReactNode } from "react";
import { useT } from "../i18n/I18n";
import { INDEX } from "../store/lessonPlace";
import { useSettings } from "../store/SettingsContext";
import type { NamedChapter } from "./chapters";
import styles from "./Lesson.module.css";
import { enterFullScreen } from "./usePresenting";

interface Props {
  title: string;
  chapter: NamedChapter;
  at: number;
  present: boolean;
  /** What leads through the steps while presenting. */
  children: ReactNode;
}

/** Over a chapter: its part, its title, and the ways to present and to print it. */
export function LessonHead({ title, chapter: { slug, group }, at, present, children }: Props) {
  const t = useT();
  const set = useSettings((settings) => settings.set);
  const begin = () => {
    enterFullScreen();
    set({ lesson: { slug, at, present: true } });
    // The keys are the lesson's now, not those of the button.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };
  return (
    <header className={styles.head}>
      <p className={styles.part}>
        <a
          href={`#v=1&lesson=${INDEX}`}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            set({ lesson: { slug: INDEX, at: 0, present: false } });
          }}
        >
          {t("lessons.title")}
        </a>
        {" · "}
        {t(`lessons.group.${group}`)}
      </p>
      <h1>{title}</h1>
      {present ? (
        <div className={styles.presenting}>
          {at === 0 && <p className={styles.keys}>{t("lessons.keys")}</p>}
          {children}
        </div>
      ) : (
        <p className={styles.tools}>
          <button type="button" className={styles.button} onClick={begin}>
            {t("lessons.present")}
          </button>
          <button type="button" className={styles.button} onClick={() => window.print()}>
            {t("lessons.print")}
          </button>
        </p>
      )}
    </header>
  );
}
