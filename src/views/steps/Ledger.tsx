import type { Trace } from "../../engine/trace";
import type { Selection } from "../../store/selection";
import { LedgerRow } from "./LedgerRow";
import { SiteBody } from "./SiteBody";
import styles from "./Steps.module.css";
import type { Show } from "./show";

interface Props {
  /** In the order in which they are computed. */
  sites: readonly string[];
  /** The one that is shown for all tokens. */
  open: string;
  trace: Trace;
  selection: Selection;
  looked: Selection;
  show: Show;
}

/**
 * The way of one token's vector through a stage: a strip for each site, one under the other. The open one shows the
 * vectors of all tokens.
 */
export function Ledger({ sites, open, ...place }: Props) {
  return (
    <ol className={styles.ledger}>
      {sites.map((site) => (
        <li key={site} data-open={site === open || undefined}>
          <LedgerRow site={site} isOpen={site === open} {...place} />
          {site === open && <SiteBody site={site} {...place} />}
        </li>
      ))}
    </ol>
  );
}
