import { useT } from "../i18n/I18n";
import type { Source } from "./chapter";
import styles from "./Sources.module.css";

/** What a chapter's claims rest on, where the page itself does not show them. */
export function Sources({ sources }: { sources: readonly Source[] }) {
  const t = useT();
  if (sources.length === 0) return null;
  return (
    <section className={styles.sources} aria-label={t("lessons.sources")}>
      <h2>{t("lessons.sources")}</h2>
      <ol>
        {sources.map(({ by, year, title, url }) => (
          <li key={url}>
            {by} ({year}). <a href={url}>{title}</a>
          </li>
        ))}
      </ol>
    </section>
  );
}
