import { memo, useDeferredValue, useMemo } from "react";
import type { StackSpec } from "../../engine/spec";
import type { Trace } from "../../engine/trace";
import { useLooked, useSession } from "../../store/SessionContext";
import type { Stage } from "../../store/stageTable";
import { StageFigure } from "./StageFigure";
import { StageHead } from "./StageHead";
import type { Show } from "./show";

interface Props {
  stage: Stage;
  trace: Trace;
  stack: StackSpec;
  show: Show;
}

const Head = memo(StageHead);

/** The head and the figure of a stage. Another stage comes one frame after its tab: a key that is held down shows its way. */
export function StagePanel({ stage, trace, stack, show }: Props) {
  const selection = useSession((session) => session.selection);
  const looked = useLooked();
  const now = useMemo(
    () => ({ stage, trace, stack, selection, looked }),
    [stage, trace, stack, selection, looked],
  );
  const settled = useDeferredValue(now);
  // Within a stage nothing waits: the pointer is followed at once.
  const shown = settled.stage.id === stage.id && settled.trace === trace ? now : settled;
  return (
    <>
      <Head stage={shown.stage} trace={shown.trace} stack={shown.stack} />
      <StageFigure
        stage={shown.stage}
        trace={shown.trace}
        selection={shown.selection}
        looked={shown.looked}
        show={show}
      />
    </>
  );
}
