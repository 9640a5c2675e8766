import { useEffect, useState } from "react";
import type { Trace } from "../../engine/trace";
import type { Gradients } from "../../store/answers";
import { targetOf } from "../../store/gradientTarget";
import { LOGIT_ROWS, lacksRows } from "../../store/logitRows";
import { useSessionStore } from "../../store/SessionContext";
import type { Selection } from "../../store/selection";
import { useNeed } from "../../store/useNeed";

/** Gradients of a run's best answer to its patterns, or null until they have come and where they are not wanted. */
export function useGradients(
  run: number,
  trace: Trace | null,
  where: Selection,
  isWanted: boolean,
): Gradients | null {
  const store = useSessionStore();
  const [known, setKnown] = useState<{ wanted: string; trace: Trace; gradients: Gradients } | null>(null);
  // What is asked of the first run is the answer at the query, once its row has come.
  const isOwn = isWanted && run === 0;
  useNeed(isOwn ? LOGIT_ROWS : []);
  const isReady = trace !== null && isWanted && !(isOwn && lacksRows(trace));
  const target = isReady ? targetOf(trace, where) : null;
  const wanted = `${run} ${JSON.stringify(target)}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `wanted` stands for the target, which is a new object each time
  useEffect(() => {
    if (target === null || trace === null) return;
    let current = true;
    void store
      .getState()
      .gradients(target, run)
      .then((outcome) => {
        if (current && outcome?.kind === "done") setKnown({ wanted, trace, gradients: outcome.value });
      });
    return () => {
      current = false;
    };
  }, [store, trace, wanted]);
  return known?.wanted === wanted && known.trace === trace ? known.gradients : null;
}
