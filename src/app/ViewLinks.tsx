import type { MouseEvent } from "react";
import { useT } from "../i18n/I18n";
import { useSettings } from "../store/SettingsContext";
import { VIEWS, type View } from "../store/views";
import styles from "./Header.module.css";

/** The way to every view. A plain click keeps the sentence and the selection; a new tab opens the view with the example. */
export function ViewLinks() {
  const t = useT();
  const current = useSettings((settings) => (settings.lesson === null ? settings.view : null));
  const set = useSettings((settings) => settings.set);
  const open = (event: MouseEvent, view: View) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    set({ view, lesson: null });
    // The views that stand together are on one page: go to the one that was asked for.
    requestAnimationFrame(() =>
      document.getElementById(`view-${view}`)?.scrollIntoView({ block: "nearest" }),
    );
  };
  return (
    <nav className={styles.views} aria-label={t("app.views")}>
      {VIEWS.map((view) => (
        <a
          key={view}
          href={`#v=1&view=${view}`}
          aria-current={view === current ? "page" : undefined}
          onClick={(event) => open(event, view)}
        >
          {t(`app.view.${view}`)}
        </a>
      ))}
    </nav>
  );
}
