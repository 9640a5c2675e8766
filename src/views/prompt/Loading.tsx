import { useT } from "../../i18n/I18n";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { magnitude, percent } from "../../viz/format";
import styles from "./Prompt.module.css";

/** How much of the model has come, and a way to stop it. */
export function Loading() {
  const t = useT();
  const store = useSessionStore();
  const progress = useSession((session) => session.runs[0]?.progress ?? null);
  if (progress === null) return null;
  const { loaded, total } = progress;
  const share = total === null || total === 0 ? null : Math.min(1, loaded / total);
  const amount = share === null ? `${magnitude(loaded)}B` : percent(share);
  return (
    <div className={styles.loading}>
      <span>{t("prompt.loading", { amount })}</span>
      <progress aria-label={t("prompt.loadingName")} {...(share !== null && { value: share })} max={1} />
      <button type="button" onClick={() => store.getState().stop()}>
        {t("prompt.stop")}
      </button>
    </div>
  );
}
