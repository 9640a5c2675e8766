import { useT } from "../../i18n/I18n";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { magnitude, percent } from "../../viz/format";
import styles from "./Prompt.module.css";

/** How much of the model has come, and a way to stop it. */
export function Loading() {
  const t = useT();
  const store = useSessionStore();
  const progress = useSession((session) => session.runs[0]?.progress ?? null);
  const { loaded = 0, total = null } = progress ?? {};
  const share = total === null || total === 0 ? null : Math.min(1, loaded / total);
  return (
    <div className={styles.loading}>
      <span>{t("prompt.loading")}</span>
      <progress aria-label={t("prompt.loading")} {...(share !== null && { value: share })} max={1} />
      <span className={styles.amount}>{share === null ? `${magnitude(loaded)}B` : percent(share)}</span>
      <button type="button" onClick={() => store.getState().stop()}>
        {t("prompt.stop")}
      </button>
    </div>
  );
}
