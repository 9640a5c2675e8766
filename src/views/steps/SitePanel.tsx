import { MatrixTable } from "../../components/MatrixTable";
import { PatternGrid } from "../../components/PatternGrid";
import { siteTitle } from "../../components/siteTitle";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import type { Selection } from "../../store/selection";
import { rowOf } from "../../viz/siteView";
import { Absent } from "./Absent";
import { ColumnBars } from "./ColumnBars";
import { RowDetail } from "./RowDetail";
import styles from "./Steps.module.css";
import type { Show } from "./show";
import { useSiteFigure } from "./useSiteFigure";

interface Props {
  site: string;
  trace: Trace;
  selection: Selection;
  looked: Selection;
  isOpen: boolean;
  show: Show;
}

/** One tensor of a stage: its name, its matrix, and the looked token's own row of it. */
export function SitePanel({ site, trace, selection, looked, isOpen, show }: Props) {
  const t = useT();
  const props = useSiteFigure(site, trace, selection, looked);
  if (props === null) return <Absent site={site} selection={selection} />;
  const { figure } = props;
  const isColumn = figure.matrix.columns === 1;
  return (
    <figure
      className={styles.site}
      data-open={isOpen || undefined}
      data-shape={isColumn ? "column" : figure.matrix.columns > 64 ? "wide" : "narrow"}
    >
      <figcaption className={styles.caption}>{siteTitle(t, site, selection)}</figcaption>
      {isColumn ? (
        <ColumnBars {...props} />
      ) : (
        <>
          {show === "numbers" ? <MatrixTable {...props} /> : <PatternGrid {...props} transpose={false} />}
          <RowDetail
            text={figure.rows.labels[props.looked.row] ?? ""}
            axis={figure.rows.role}
            values={rowOf(figure.matrix, props.looked.row)}
            limit={figure.limit}
          />
        </>
      )}
    </figure>
  );
}
