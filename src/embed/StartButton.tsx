import { useT } from "../i18n/I18n";
import styles from "./Embed.module.css";

/** What an embed shows that waits to be started. */
export function StartButton({ onStart }: { onStart(): void }) {
  const t = useT();
  return (
    <main className={styles.start}>
      <h1 className="spoken">{t("app.title")}</h1>
      <button type="button" onClick={onStart}>
        {t("share.embed.start")}
      </button>
    </main>
  );
}
