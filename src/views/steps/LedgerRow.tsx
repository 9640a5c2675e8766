import { normOf } from "../../analysis/matrix";
import { siteTitle } from "../../components/siteTitle";
import { VectorStrip } from "../../components/VectorStrip";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { useSessionStore } from "../../store/SessionContext";
import type { Selection } from "../../store/selection";
import { number } from "../../viz/format";
import { rowOf } from "../../viz/siteView";
import styles from "./Steps.module.css";
import { useSiteFigure } from "./useSiteFigure";

interface Props {
  site: string;
  isOpen: boolean;
  trace: Trace;
  selection: Selection;
  looked: Selection;
}

/** One site of a stage: its name, the looked token's own vector as a strip, and its length. */
export function LedgerRow({ site, isOpen, trace, selection, looked }: Props) {
  const t = useT();
  const store = useSessionStore();
  const props = useSiteFigure(site, trace, selection, looked);
  if (props === null) return null;
  const { figure } = props;
  const values = rowOf(figure.matrix, props.looked.row);
  const token = figure.rows.labels[props.looked.row] ?? "";
  const isNumber = values.length === 1;
  return (
    <div className={styles.ledgerRow}>
      <button type="button" aria-expanded={isOpen} onClick={() => store.getState().select({ site })}>
        {siteTitle(t, site, looked)}
      </button>
      {isNumber ? (
        <span />
      ) : (
        <VectorStrip
          values={values}
          limit={figure.limit}
          label={t("steps.row.strip", { token, count: values.length })}
        />
      )}
      <span>
        {isNumber ? number(values[0] ?? Number.NaN) : t("steps.length", { norm: number(normOf(values)) })}
      </span>
    </div>
  );
}
