import { useT } from "../i18n/I18n";
import { magnitude } from "../viz/format";
import styles from "./KeysDialog.module.css";
import { useKept } from "./useKept";

/** Whether everything is there for a room without a network, how much is, and the button that fetches the rest. */
export function KeptNote() {
  const t = useT();
  const { kept, keepAll } = useKept();
  const isWhole = kept !== null && kept.files === kept.of;
  return (
    <div className={styles.kept}>
      <h3>{t("app.kept")}</h3>
      <p role="status">
        {kept === null
          ? t("app.kept.none")
          : t(isWhole ? "app.kept.whole" : "app.kept.part", {
              files: kept.files,
              of: kept.of,
              bytes: `${magnitude(kept.bytes)}B`,
            })}
      </p>
      {kept !== null && !isWhole && (
        <button type="button" onClick={keepAll}>
          {t("app.kept.all")}
        </button>
      )}
    </div>
  );
}
