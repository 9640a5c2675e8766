import { useT } from "../../i18n/I18n";
import { useSession } from "../../store/SessionContext";
import styles from "./Decode.module.css";
import type { Search } from "./useDecoding";

interface Props {
  search: Search | null;
  onRun(): void;
  onCancel(): void;
}

/** Begins the search, tells how far it is, and cancels it. */
export function RunButton({ search, onRun, onCancel }: Props) {
  const t = useT();
  const { maxTokens } = useSession((session) => session.decoding);
  const isRunning = search?.status === "running";
  const depth = search?.part?.nodes.at(-1)?.depth ?? 0;
  return (
    <div className={styles.run} data-spare={3}>
      <button type="button" className={styles.go} onClick={onRun} disabled={isRunning}>
        {t("decode.run")}
      </button>
      {isRunning && (
        <>
          <button type="button" className={styles.cancel} onClick={onCancel}>
            {t("decode.cancel")}
          </button>
          <progress aria-label={t("decode.progress")} value={depth} max={maxTokens} />
          <span>{t("decode.step", { step: depth, all: maxTokens })}</span>
        </>
      )}
    </div>
  );
}
