import { OpenFiles } from "../views/open/OpenFiles";
import styles from "./Header.module.css";
import { LanguageButtons } from "./LanguageButtons";
import { Mark } from "./Mark";
import { ShareTools } from "./sharing/ShareTools";
import { ThemeButton } from "./ThemeButton";
import { ViewLinks } from "./ViewLinks";

/** The bar at the top: the name, the views, the language and the theme. */
export function Header() {
  return (
    <header className={styles.header}>
      <Mark />
      <ViewLinks />
      <div className={styles.tools}>
        <OpenFiles />
        <ShareTools />
        <LanguageButtons />
        <ThemeButton />
      </div>
    </header>
  );
}
