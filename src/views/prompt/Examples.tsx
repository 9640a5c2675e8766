import { useT } from "../../i18n/I18n";
import { useSessionStore } from "../../store/SessionContext";
import { EXAMPLES, pairOf } from "./examples";
import styles from "./Prompt.module.css";

/** Sentences to try. */
export function Examples() {
  const t = useT();
  const store = useSessionStore();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form; these buttons act at once
    <div role="group" aria-label={t("prompt.examples")} className={styles.examples}>
      <span aria-hidden="true">{t("prompt.try")}</span>
      {EXAMPLES.map((example) => (
        <button
          key={example.id}
          type="button"
          lang={example.lang}
          title={example.text}
          onClick={() => store.getState().setText(example.text, pairOf(example))}
        >
          {example.label}
        </button>
      ))}
    </div>
  );
}
