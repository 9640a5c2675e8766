import { TokenLabel } from "../../../components/TokenLabel";
import type { Trace } from "../../../engine/trace";
import { T } from "../../../i18n/T";
import { useLooked } from "../../../store/SessionContext";
import { tokensAlong } from "../../../viz/siteView";
import styles from "./Parts.module.css";

/** Which row a figure is about: the looked query of the looked head. */
export function RowName({ trace }: { trace: Trace }) {
  const looked = useLooked();
  const query = tokensAlong("query_pos", trace, looked)[looked.query]?.text ?? "";
  return (
    <p className={styles.rowName}>
      <T
        id="lab.row"
        values={{ head: `L${looked.layer}H${looked.head}` }}
        components={{ query: <TokenLabel text={query} as="query" /> }}
      />
    </p>
  );
}
