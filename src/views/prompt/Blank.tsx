import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useSession, useSessionStore } from "../../store/SessionContext";
import styles from "./Blank.module.css";
import { examplesOf, pairOf } from "./examples";

/** Where nothing is typed there is nothing to see: sentences to take instead. */
export function Blank() {
  const t = useT();
  const store = useSessionStore();
  const isEmpty = useSession((session) => session.runs[0]?.status === "empty");
  const model = useSession((session) => session.runs[0]?.run.source.model ?? "");
  if (!isEmpty) return null;
  return (
    <div className={styles.blank}>
      <p role="status">
        <T id="prompt.empty" />
      </p>
      <ul aria-label={t("prompt.examples")}>
        {examplesOf(model).map((example) => (
          <li key={example.id}>
            <button
              type="button"
              lang={example.lang}
              onClick={() => store.getState().setText(example.text, pairOf(example))}
            >
              {example.text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
