import { MatrixTable } from "../../components/MatrixTable";
import { PatternGrid } from "../../components/PatternGrid";
import type { Trace } from "../../engine/trace";
import { useSettings } from "../../store/SettingsContext";
import type { Selection } from "../../store/selection";
import { rowOf } from "../../viz/siteView";
import { Absent } from "./Absent";
import { ColumnBars } from "./ColumnBars";
import { RowDetail } from "./RowDetail";
import type { Show } from "./show";
import { useSiteFigure } from "./useSiteFigure";

interface Props {
  site: string;
  trace: Trace;
  selection: Selection;
  looked: Selection;
  show: Show;
}

/** The vectors of all tokens at one site, and how the looked token's numbers are spread. */
export function SiteBody({ site, trace, selection, looked, show }: Props) {
  const transpose = useSettings((settings) => settings.transpose);
  const props = useSiteFigure(site, trace, selection, looked);
  if (props === null) return <Absent site={site} selection={selection} />;
  const { figure } = props;
  if (figure.matrix.columns === 1) return <ColumnBars {...props} />;
  return (
    <>
      {show === "numbers" ? (
        <MatrixTable {...props} transpose={transpose} />
      ) : (
        <PatternGrid {...props} transpose={transpose} />
      )}
      <RowDetail axis={figure.rows} at={props.looked.row} values={rowOf(figure.matrix, props.looked.row)} />
    </>
  );
}
