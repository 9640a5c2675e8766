import type { Trace } from "../../engine/trace";
import type { Selection } from "../../store/selection";
import type { Stage } from "../../store/stageTable";
import { MatrixStage } from "./MatrixStage";
import { openSite } from "./openSite";
import { SitePanel } from "./SitePanel";
import styles from "./Steps.module.css";
import type { Show } from "./show";

interface Props {
  stage: Stage;
  trace: Trace;
  selection: Selection;
  looked: Selection;
  show: Show;
}

/** The tensors of a stage. */
export function StageFigure({ stage, trace, selection, looked, show }: Props) {
  if (stage.layout === "matrix") {
    const site = openSite(stage, selection);
    return <MatrixStage site={site} trace={trace} selection={selection} looked={looked} show={show} />;
  }
  return (
    <div className={styles[stage.layout]}>
      {stage.sites.map((site) => (
        <SitePanel
          key={site}
          site={site}
          trace={trace}
          selection={selection}
          looked={looked}
          isOpen={site === openSite(stage, looked)}
          show={show}
        />
      ))}
    </div>
  );
}
