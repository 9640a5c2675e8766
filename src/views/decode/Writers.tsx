import { Hint } from "../../components/Say";
import { useLanguage, useT } from "../../i18n/I18n";
import { MODELS } from "../../store/models";
import { useSessionStore } from "../../store/SessionContext";
import styles from "./Decode.module.css";
import type { NoWriting } from "./writes";

/** Why nothing can be written here, and the models that write: a click shows one of them. */
export function Writers({ why }: { why: NoWriting }) {
  const t = useT();
  const language = useLanguage();
  const store = useSessionStore();
  return (
    <>
      <Hint>{t(`decode.cannot.${why}`)}</Hint>
      <p className={styles.writers}>
        {MODELS.filter(({ kind }) => kind === "causal" || kind === "translator").map(({ id, names }) => (
          <button key={id} type="button" onClick={() => store.getState().setModel(id)}>
            {names[language]}
          </button>
        ))}
      </p>
    </>
  );
}
