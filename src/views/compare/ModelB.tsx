import select from "../../components/Select.module.css";
import { useLanguage, useT } from "../../i18n/I18n";
import { MODELS } from "../../store/models";
import { isText } from "../../store/run";
import { useSession, useSessionStore } from "../../store/SessionContext";
import styles from "./Compare.module.css";

/** The model that reads B, and the way back to A's. */
export function ModelB() {
  const t = useT();
  const language = useLanguage();
  const store = useSessionStore();
  const hasOwn = useSession((session) => session.runs.length > 1);
  const source = useSession((session) => (session.runs[1] ?? session.runs[0])?.run.source);
  if (source === undefined || !isText(source)) return null;
  return (
    <>
      <select
        aria-label={t("compare.modelB")}
        className={select.select}
        value={source.model}
        onChange={(event) =>
          store.getState().setSource({ kind: "text", model: event.currentTarget.value, text: source.text }, 1)
        }
      >
        {MODELS.map(({ id, names }) => (
          <option key={id} value={id}>
            {names[language]}
          </option>
        ))}
      </select>
      {hasOwn && (
        <button type="button" className={styles.same} onClick={() => store.getState().endComparison()}>
          {t("compare.same")}
        </button>
      )}
    </>
  );
}
