import { useT } from "../i18n/I18n";
import { HTML_LANG, LANGUAGE_NAMES, LANGUAGES } from "../i18n/language";
import { useSettings } from "../store/SettingsContext";
import styles from "./Header.module.css";

/** The languages of the page; the pressed one is spoken. */
export function LanguageButtons() {
  const t = useT();
  const language = useSettings((settings) => settings.language);
  const set = useSettings((settings) => settings.set);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form; these are two switches of the page
    <div role="group" aria-label={t("app.language")} className={styles.languages}>
      {LANGUAGES.map((each) => (
        <button
          key={each}
          type="button"
          lang={HTML_LANG[each]}
          aria-pressed={each === language}
          onClick={() => set({ language: each })}
        >
          {LANGUAGE_NAMES[each]}
        </button>
      ))}
    </div>
  );
}
