import { ErrorNote } from "../../../components/ErrorNote";
import { useT } from "../../../i18n/I18n";
import type { ExperimentState } from "../useExperiment";
import styles from "./Parts.module.css";

interface Props {
  experiment: Omit<ExperimentState<unknown>, "result">;
  /** What the button begins. */
  name: string;
  disabled?: boolean;
}

/** Begins an experiment of many passes, shows how far it is, and stops it. */
export function ManyPasses({ experiment, name, disabled = false }: Props) {
  const t = useT();
  const { status, done, total, reason, start, cancel } = experiment;
  return (
    <div className={styles.progress}>
      {status === "running" ? (
        <>
          <progress max={total || 1} value={done} aria-label={name} />
          <span>{t("lab.progress", { done, total })}</span>
          <button type="button" className={styles.button} onClick={cancel}>
            {t("lab.cancel")}
          </button>
        </>
      ) : (
        <button type="button" className={styles.button} disabled={disabled} onClick={start}>
          {name}
        </button>
      )}
      {status === "stopped" && <span role="status">{t("lab.stopped")}</span>}
      {status === "failed" && <ErrorNote detail={reason ?? ""}>{t("lab.failed")}</ErrorNote>}
    </div>
  );
}
