import { useId } from "react";
import { useT } from "../../i18n/I18n";
import { useSession, useSessionStore } from "../../store/SessionContext";
import styles from "./Output.module.css";

/** Draws the next token and adds it to the sentence; the seed makes the draw repeatable. */
export function Append() {
  const t = useT();
  const id = useId();
  const store = useSessionStore();
  const appending = useSession((session) => session.appending);
  const isText = useSession((session) => session.runs[0]?.run.source.kind === "text");
  const seed = useSession((session) => session.sampling.seed);
  if (!isText) return null;
  return (
    <div className={styles.append} data-spare={3}>
      <button type="button" disabled={appending} onClick={() => void store.getState().appendToken()}>
        {t("output.append")}
      </button>
      <label htmlFor={id}>{t("output.seed")}</label>
      <input
        id={id}
        type="number"
        min={0}
        max={999999}
        step={1}
        value={seed}
        onChange={(event) => {
          const value = event.currentTarget.valueAsNumber;
          if (Number.isInteger(value) && value >= 0) store.getState().setSampling({ seed: value });
        }}
      />
    </div>
  );
}
