import { useEffect, useLayoutEffect, useRef } from "react";
import { useT } from "../../i18n/I18n";
import { textOf } from "../../store/run";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { replaceText } from "./replaceText";
import styles from "./Sentence.module.css";

const GROWS = typeof CSS !== "undefined" && CSS.supports?.("field-sizing", "content");

/**
 * The sentence, run on every keystroke. The field keeps its own text, so that undo and input methods work as they do
 * everywhere: nothing runs while a word is being composed, and a text from outside is put in as one undoable step.
 */
export function Sentence() {
  const t = useT();
  const store = useSessionStore();
  const text = useSession((session) => textOf(session.runs[0]?.run.source));
  const isImage = useSession((session) => session.runs[0]?.run.source.kind === "image");
  const field = useRef<HTMLTextAreaElement>(null);
  const composing = useRef(false);

  useEffect(() => {
    const { current } = field;
    if (current !== null && !composing.current && current.value !== text) replaceText(current, text);
  }, [text]);

  useLayoutEffect(() => {
    const { current } = field;
    if (current === null || GROWS) return;
    current.style.height = "auto";
    current.style.height = `${current.scrollHeight}px`;
  });

  const commit = (target: HTMLTextAreaElement) => {
    const { value } = target;
    target.dataset.touched = "true";
    if (!composing.current && value !== textOf(store.getState().runs[0]?.run.source)) {
      store.getState().setText(value);
    }
  };
  return (
    <textarea
      ref={field}
      className={styles.sentence}
      aria-label={t("prompt.sentence")}
      placeholder={t(isImage ? "prompt.placeholder.image" : "prompt.placeholder")}
      defaultValue={text}
      rows={1}
      dir="auto"
      spellCheck={false}
      autoComplete="off"
      autoCapitalize="off"
      onChange={(event) => commit(event.currentTarget)}
      onCompositionStart={() => {
        composing.current = true;
      }}
      onCompositionEnd={(event) => {
        composing.current = false;
        commit(event.currentTarget);
      }}
    />
  );
}
