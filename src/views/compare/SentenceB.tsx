import { useId } from "react";
import { useT } from "../../i18n/I18n";
import { isText } from "../../store/run";
import { useSession, useSessionStore } from "../../store/SessionContext";
import styles from "./Compare.module.css";

/** What B reads; as long as nothing is typed or chosen, the same as A. */
export function SentenceB() {
  const t = useT();
  const id = useId();
  const store = useSessionStore();
  const source = useSession((session) => (session.runs[1] ?? session.runs[0])?.run.source);
  if (source === undefined || !isText(source)) return null;
  const { text } = source;
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
        onChange={(event) =>
          store
            .getState()
            .setSource({ kind: "text", model: source.model, text: event.currentTarget.value }, 1)
        }
      />
    </>
  );
}
