import { TokenAt } from "../../../components/TokenAt";
import type { Trace } from "../../../engine/trace";
import { T } from "../../../i18n/T";
import { useLooked } from "../../../store/SessionContext";
import { tokensAlong } from "../../../viz/siteView";
import styles from "./Parts.module.css";

/** Which row a figure is about: the looked query of the looked head. */
export function RowName({ trace }: { trace: Trace }) {
  const looked = useLooked();
  const queries = tokensAlong("query_pos", trace, looked);
  return (
    <p className={styles.rowName}>
      <T
        id="lab.row"
        values={{ head: `L${looked.layer}H${looked.head}` }}
        components={{ query: <TokenAt tokens={queries} at={looked.query} as="query" /> }}
      />
    </p>
  );
}
