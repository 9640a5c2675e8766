import type { ReactNode } from "react";
import { useT } from "../../../i18n/I18n";
import styles from "./Parts.module.css";

/** What to notice in the figure just now, with its very numbers. Spoken when it changes. */
export function Notice({ children }: { children: ReactNode }) {
  const t = useT();
  return (
    <p className={styles.notice} role="note" aria-label={t("lab.notice")}>
      {children}
    </p>
  );
}
