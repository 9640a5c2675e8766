import { useSettings } from "../store/SettingsContext";
import { OpenFiles } from "../views/open/OpenFiles";
import styles from "./Header.module.css";
import { KeysHelp } from "./KeysHelp";
import { LanguageButtons } from "./LanguageButtons";
import { LessonsLink } from "./LessonsLink";
import { Mark } from "./Mark";
import { ShareTools } from "./sharing/ShareTools";
import { ThemeButton } from "./ThemeButton";
import { ViewLinks } from "./ViewLinks";

/** The bar at the top: the name, the views, the lessons, the language and the theme. Files and links are of the page that explores. */
export function Header() {
  const explores = useSettings((settings) => settings.lesson === null);
  return (
    <header className={styles.header}>
      <Mark />
      <ViewLinks />
      <LessonsLink />
      <div className={styles.tools}>
        {explores && (
          <>
            <OpenFiles />
            <ShareTools />
          </>
        )}
        <LanguageButtons />
        <KeysHelp />
        <ThemeButton />
      </div>
    </header>
  );
}
