import { useT } from "../i18n/I18n";
import styles from "./Header.module.css";
import { LanguageButtons } from "./LanguageButtons";
import { Mark } from "./Mark";
import { ThemeButton } from "./ThemeButton";

/** The bar at the top: the name, the views, the language and the theme. */
export function Header() {
  const t = useT();
  return (
    <header className={styles.header}>
      <Mark />
      <nav className={styles.views} aria-label={t("app.views")}>
        <a href="./" aria-current="page">
          {t("app.view.explore")}
        </a>
      </nav>
      <div className={styles.tools}>
        <LanguageButtons />
        <ThemeButton />
      </div>
    </header>
  );
}
