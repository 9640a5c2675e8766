import { useT } from "../../i18n/I18n";
import { useSessionStore } from "../../store/SessionContext";
import { EXAMPLES } from "./examples";
import styles from "./Prompt.module.css";

/** Sentences to try. */
export function Examples() {
  const t = useT();
  const store = useSessionStore();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form; these buttons act at once
    <div role="group" aria-label={t("prompt.examples")} className={styles.examples}>
      <span aria-hidden="true">{t("prompt.try")}</span>
      {EXAMPLES.map(({ id, lang, text, label, pair }) => (
        <button
          key={id}
          type="button"
          lang={lang}
          title={text}
          onClick={() => store.getState().setText(text, pair ?? undefined)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
