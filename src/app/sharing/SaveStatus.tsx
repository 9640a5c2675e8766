import { useT } from "../../i18n/I18n";
import { percent } from "../../viz/format";
import styles from "./Sharing.module.css";
import type { Making } from "./useSaved";

interface Props {
  making: Making | null;
  /** What came of the last file. */
  saved: string;
}

/** How far a file is, with a way to stop it; else what came of the last one. */
export function SaveStatus({ making, saved }: Props) {
  const t = useT();
  return (
    <div className={styles.status}>
      <output className={styles.said}>
        {making === null ? saved : t("export.making", { file: making.name })}
      </output>
      {making !== null && (
        <div className={styles.row}>
          <progress
            aria-label={t("export.making", { file: making.name })}
            max={1}
            {...(making.share !== null && { value: making.share })}
          />
          {making.share !== null && <span className={styles.said}>{percent(making.share)}</span>}
          <button type="button" className={styles.button} onClick={making.cancel}>
            {t("export.cancel")}
          </button>
        </div>
      )}
    </div>
  );
}
