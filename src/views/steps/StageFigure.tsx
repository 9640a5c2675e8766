import { memo } from "react";
import type { Trace } from "../../engine/trace";
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
  /** The selection, or what the pointer is on. */
  looked: Selection;
  show: Show;
}

/** The tensors of a stage. */
export const StageFigure = memo(function StageFigure({ stage, trace, selection, looked, show }: Props) {
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
});
