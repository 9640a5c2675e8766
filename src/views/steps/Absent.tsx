import { useT } from "../../i18n/I18n";
import type { Selection } from "../../store/selection";
import { siteName } from "../../viz/siteView";
import styles from "./Steps.module.css";

/** Says which site a trace lacks: a stored trace holds a part of what a run gives. */
export function Absent({ site, selection }: { site: string; selection: Selection }) {
  const t = useT();
  return <p className={styles.absent}>{t("steps.absent", { site: siteName(selection, site) })}</p>;
}
