import { useT } from "../../i18n/I18n";
import type { Selection } from "../../store/selection";
import { useWhyAbsent } from "../../store/useWhyAbsent";
import { siteName } from "../../viz/siteView";
import styles from "./Steps.module.css";

/** Says which site is not there, and why: a stored trace holds a part of what a run gives, and of a long one a stage is made when it is looked at. */
export function Absent({ site, selection }: { site: string; selection: Selection }) {
  const t = useT();
  const why = useWhyAbsent();
  return <p className={styles.absent}>{t(`steps.absent.${why}`, { site: siteName(selection, site) })}</p>;
}
