import { useMemo } from "react";
import { TermBars } from "../../components/TermBars";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import type { Selection } from "../../store/selection";
import { headTensorAt, siteIndexAt, siteName } from "../../viz/siteView";
import { addends } from "./addends";
import styles from "./Cell.module.css";
import { termRow } from "./termRow";
import { useExplanation } from "./useExplanation";

/** q·k taken apart: how much each dimension of the head adds to it. */
export function Dimensions({ trace, looked }: { trace: Trace; looked: Selection }) {
  const t = useT();
  const part = ["attn.step_dot", "attn.hook_pattern"].find(
    (each) => headTensorAt(trace, looked, each) !== null,
  );
  const tensor = part === undefined ? null : headTensorAt(trace, looked, part);
  const index = part === undefined || tensor === null ? [0, 0, 0] : siteIndexAt(tensor, trace, looked, part);
  const explained = useExplanation(trace, siteName(looked, "attn.step_dot"), index);
  const terms = useMemo(() => explained && addends(explained), [explained]);
  if (terms === null) return null;
  return (
    <div className={styles.terms}>
      <h3>
        <T id="cell.dimensions" />
        <span>
          <T id="cell.largest" values={{ count: terms.length }} />
        </span>
      </h3>
      <TermBars
        label={t("cell.dimensions")}
        all={t("cell.all", { count: terms.length })}
        rows={terms.map((term) => termRow(t, term, trace, looked))}
      />
    </div>
  );
}
