import { useId } from "react";
import select from "../../components/Select.module.css";
import { useLanguage, useT } from "../../i18n/I18n";
import { MODELS } from "../../store/models";
import { textOf } from "../../store/run";
import { useSession, useSessionStore } from "../../store/SessionContext";
import styles from "./Compare.module.css";

/** What B reads, and with which model; as long as nothing is typed or chosen, the same as A. */
export function SentenceB() {
  const t = useT();
  const id = useId();
  const language = useLanguage();
  const store = useSessionStore();
  const hasOwn = useSession((session) => session.runs.length > 1);
  const source = useSession((session) => (session.runs[1] ?? session.runs[0])?.run.source);
  if (source === undefined) return null;
  const text = textOf(source);
  const set = (next: { text?: string; model?: string }) =>
    store.getState().setSource({ kind: "text", model: source.model, text, ...next }, 1);
  return (
    <>
      <label htmlFor={id} className="spoken">
        {t("compare.sentenceB")}
      </label>
      <textarea
        id={id}
        className={styles.sentence}
        dir="auto"
        rows={1}
        spellCheck={false}
        value={text}
        placeholder={t("compare.sentenceB")}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      <div className={styles.model}>
        <select
          aria-label={t("compare.modelB")}
          className={select.select}
          value={source.model}
          onChange={(event) => set({ model: event.currentTarget.value })}
        >
          {MODELS.map(({ id: model, names }) => (
            <option key={model} value={model}>
              {names[language]}
            </option>
          ))}
        </select>
        {hasOwn && (
          <button type="button" className={styles.same} onClick={() => store.getState().endComparison()}>
            {t("compare.same")}
          </button>
        )}
      </div>
    </>
  );
}
