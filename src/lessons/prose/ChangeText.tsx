import { useId } from "react";
import { textOf } from "../../store/run";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { useStage } from "../LessonContext";
import styles from "./Prose.module.css";

/** The sentence of the figure, to be written anew. */
export function ChangeText({ label, suggestions }: { label: string; suggestions: readonly string[] }) {
  const { figure } = useStage();
  const store = useSessionStore();
  const text = useSession((session) => textOf(session.runs[0]?.run.source));
  const id = useId();
  const set = (next: string) => {
    const [query, key] = (figure.look ?? []).map((words) => next.indexOf(words));
    const found = query !== undefined && key !== undefined && query >= 0 && key >= 0;
    if (figure.look !== undefined && !found) store.getState().unlock();
    store.getState().setText(next, found && figure.head === undefined ? { query, key } : undefined);
  };
  return (
    <div className={styles.textChange}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={2}
        spellCheck={false}
        value={text}
        onChange={(event) => set(event.currentTarget.value)}
      />
      {suggestions.length > 0 && (
        <ul className={styles.suggestions}>
          {suggestions.map((each) => (
            <li key={each}>
              <button type="button" aria-pressed={each === text} onClick={() => set(each)}>
                {each}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
