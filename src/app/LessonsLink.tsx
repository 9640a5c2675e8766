import type { MouseEvent } from "react";
import { useT } from "../i18n/I18n";
import { INDEX } from "../store/lessonPlace";
import { useSettings } from "../store/SettingsContext";
import styles from "./Header.module.css";

/** The way to the lessons. In them the list of the chapters is the navigation of that name. */
export function LessonsLink() {
  const t = useT();
  const isHere = useSettings((settings) => settings.lesson !== null);
  const set = useSettings((settings) => settings.set);
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    set({ lesson: { slug: INDEX, at: 0, present: false } });
  };
  const link = (
    <a href={`#v=1&lesson=${INDEX}`} aria-current={isHere ? "page" : undefined} onClick={open}>
      {t("app.lessons")}
    </a>
  );
  if (isHere) return <div className={styles.lessons}>{link}</div>;
  return (
    <nav className={styles.lessons} aria-label={t("app.lessons")}>
      {link}
    </nav>
  );
}
