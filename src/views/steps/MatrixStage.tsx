import { AxisNote } from "../../components/AxisNote";
import { MatrixTable } from "../../components/MatrixTable";
import { PatternGrid } from "../../components/PatternGrid";
import type { Trace } from "../../engine/trace";
import { useSettings } from "../../store/SettingsContext";
import type { Selection } from "../../store/selection";
import { Absent } from "./Absent";
import { ColumnBars } from "./ColumnBars";
import { HeadLines } from "./HeadLines";
import { QueryLines } from "./QueryLines";
import styles from "./Steps.module.css";
import type { Show } from "./show";
import { useSiteFigure } from "./useSiteFigure";

interface Props {
  site: string;
  trace: Trace;
  selection: Selection;
  looked: Selection;
  show: Show;
}

/** One matrix of queries and keys, with the sight-lines of the chosen query beside it. */
export function MatrixStage({ site, trace, selection, looked, show }: Props) {
  const transpose = useSettings((settings) => settings.transpose);
  const props = useSiteFigure(site, trace, selection, looked);
  if (props === null) return <Absent site={site} selection={selection} />;
  const { figure } = props;
  const isColumn = figure.matrix.columns === 1 && figure.columns.role === "dimension";
  const turned = transpose && !isColumn;
  return (
    <div className={styles.figure}>
      <div>
        {isColumn ? (
          <ColumnBars {...props} />
        ) : show === "lines" ? (
          <HeadLines trace={trace} looked={looked} />
        ) : show === "numbers" ? (
          <MatrixTable {...props} transpose={turned} />
        ) : (
          <PatternGrid {...props} transpose={turned} />
        )}
        {show !== "lines" && !isColumn && (
          <AxisNote transpose={turned} columns={turned ? figure.matrix.rows : figure.matrix.columns} />
        )}
      </div>
      <QueryLines trace={trace} looked={looked} />
    </div>
  );
}
