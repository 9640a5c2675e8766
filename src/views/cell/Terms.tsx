import { TermBars } from "../../components/TermBars";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import type { Selection } from "../../store/selection";
import styles from "./Cell.module.css";
import type { Focus } from "./focus";
import { termRow } from "./termRow";
import { useExplanation } from "./useExplanation";

interface Props {
  trace: Trace;
  looked: Selection;
  focus: Focus;
}

/** What a number is made of, the largest part first, all of it. */
export function Terms({ trace, looked, focus }: Props) {
  const t = useT();
  const terms = useExplanation(trace, focus.site, focus.index);
  return (
    <div className={styles.terms}>
      <h3>
        <T id="cell.terms" />
        {terms !== null && (
          <span>
            <T id="cell.largest" values={{ count: terms.length }} />
          </span>
        )}
      </h3>
      {terms !== null && (
        <TermBars
          label={t("cell.terms")}
          all={t("cell.all", { count: terms.length })}
          rows={terms.map((term) => termRow(t, term, trace, looked))}
        />
      )}
    </div>
  );
}
