import { siteTitle } from "../../components/siteTitle";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import type { Selection } from "../../store/selection";
import { SiteBody } from "./SiteBody";
import styles from "./Steps.module.css";
import type { Show } from "./show";

interface Props {
  site: string;
  isOpen: boolean;
  trace: Trace;
  selection: Selection;
  looked: Selection;
  show: Show;
}

/** One of a few tensors beside each other, under its name. */
export function SitePanel({ site, isOpen, ...place }: Props) {
  const t = useT();
  return (
    <figure className={styles.site} data-open={isOpen || undefined}>
      <figcaption className={styles.caption}>{siteTitle(t, site, place.selection)}</figcaption>
      <SiteBody site={site} {...place} />
    </figure>
  );
}
