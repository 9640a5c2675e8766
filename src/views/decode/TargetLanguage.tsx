import { useMemo } from "react";
import { Segmented } from "../../components/Segmented";
import { useLanguage, useT } from "../../i18n/I18n";
import { isText } from "../../store/run";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { useVocabulary } from "../../store/useVocabulary";
import styles from "./Decode.module.css";

/** The token that tells a translator its target language, as Marian's many-language models have it. */
const MARK = /^>>([a-z]{2,3})<<$/;

/** The language that a translator of several languages writes: a token before the sentence says it. */
export function TargetLanguage() {
  const t = useT();
  const spoken = useLanguage();
  const store = useSessionStore();
  const vocabulary = useVocabulary();
  const source = useSession((session) => session.runs[0]?.run.source);
  const languages = useMemo(
    () => (vocabulary ?? []).flatMap((text) => MARK.exec(text)?.[1] ?? []),
    [vocabulary],
  );
  if (source === undefined || !isText(source) || languages.length === 0) return null;
  const names = new Intl.DisplayNames([spoken], { type: "language" });
  const [, chosen = "", rest = source.text] = /^\s*>>([a-z]{2,3})<<\s*(.*)$/s.exec(source.text) ?? [];
  return (
    <div className={styles.language} data-spare={3}>
      <span aria-hidden="true">{t("decode.into")}</span>
      <Segmented
        label={t("decode.into")}
        choices={languages.map((id) => ({ id, name: names.of(id) ?? id }))}
        chosen={chosen}
        onChoose={(id) => {
          const { model } = source;
          store.getState().setSource({ kind: "text", model, text: `>>${id}<< ${rest}` });
        }}
      />
    </div>
  );
}
