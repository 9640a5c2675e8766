import { useT } from "../../i18n/I18n";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { examplesOf, pairOf } from "./examples";
import { PictureExamples } from "./PictureExamples";
import styles from "./Prompt.module.css";

/** Something to try with this model: sentences, or drawn digits. */
export function Examples() {
  const t = useT();
  const store = useSessionStore();
  const model = useSession((session) => session.runs[0]?.run.source.model ?? "");
  const isImage = useSession((session) => session.runs[0]?.run.source.kind === "image");
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form; these buttons act at once
    <div role="group" aria-label={t("prompt.examples")} className={styles.examples}>
      <span aria-hidden="true">{t("prompt.try")}</span>
      {isImage ? (
        <PictureExamples />
      ) : (
        examplesOf(model).map((example) => (
          <button
            key={example.id}
            type="button"
            lang={example.lang}
            title={example.text}
            onClick={() => store.getState().setText(example.text, pairOf(example))}
          >
            {example.label}
          </button>
        ))
      )}
    </div>
  );
}
