import type { Trace } from "../../engine/trace";
import { useLooked } from "../../store/SessionContext";
import type { Selection } from "../../store/selection";
import type { Stage } from "../../store/stageTable";
import { Ledger } from "./Ledger";
import { MatrixStage } from "./MatrixStage";
import { openSite } from "./openSite";
import { SitePanel } from "./SitePanel";
import styles from "./Steps.module.css";
import type { Show } from "./show";

interface Props {
  stage: Stage;
  trace: Trace;
  selection: Selection;
  show: Show;
}

/** The tensors of a stage. */
export function StageFigure({ stage, trace, selection, show }: Props) {
  const looked = useLooked();
  const site = openSite(stage, selection);
  const place = { trace, selection, looked, show };
  switch (stage.layout) {
    case "matrix":
      return <MatrixStage site={site} {...place} />;
    case "side":
      return (
        <div className={styles.side} data-many={stage.sites.length > 2 || undefined}>
          {stage.sites.map((each) => (
            <SitePanel key={each} site={each} isOpen={each === openSite(stage, looked)} {...place} />
          ))}
        </div>
      );
    case "stack":
      return <Ledger sites={stage.sites} open={site} {...place} />;
    default:
      return stage.layout satisfies never;
  }
}
