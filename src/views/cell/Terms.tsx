import { useMemo } from "react";
import type { Expression } from "../../analysis/explain/expression";
import { TermBars } from "../../components/TermBars";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import type { Selection } from "../../store/selection";
import { addends } from "./addends";
import styles from "./Cell.module.css";
import type { Focus } from "./focus";
import { Places } from "./Places";
import { termRow } from "./termRow";
import { useExplanation } from "./useExplanation";
import { Worked } from "./Worked";

interface Props {
  trace: Trace;
  looked: Selection;
  focus: Focus;
}

/** How a number was made: the formula with the very numbers, and the parts of its sum, the largest first, all of them. */
export function Terms({ trace, looked, focus }: Props) {
  const t = useT();
  const explained = useExplanation(trace, focus.site, focus.index);
  const parts = useMemo(() => explained && addends(explained), [explained]);
  const source = explained === null ? null : copiedFrom(explained.expression);
  if (source !== null) return <Places title={t("cell.copied")} sites={[source]} />;
  return (
    <>
      {explained !== null && <Worked label={t("cell.worked")} {...explained} value={focus.value} />}
      {parts !== null && (
        <div className={styles.terms}>
          <h3>
            <T id="cell.terms" />
            <span>
              <T id="cell.largest" values={{ count: parts.length }} />
            </span>
          </h3>
          <TermBars
            label={t("cell.terms")}
            all={t("cell.all", { count: parts.length })}
            rows={parts.map((term) => termRow(t, term, trace, looked))}
          />
        </div>
      )}
    </>
  );
}

/** The site of which a number is a plain copy, or null where it was worked out. */
function copiedFrom(expression: Expression): string | null {
  return expression.op === "cell" && "site" in expression.of ? expression.of.site : null;
}
