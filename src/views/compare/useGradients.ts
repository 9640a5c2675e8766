import { useEffect, useState } from "react";
import type { Trace } from "../../engine/trace";
import type { Gradients } from "../../store/answers";
import { targetOf } from "../../store/gradientTarget";
import { useSessionStore } from "../../store/SessionContext";
import type { Selection } from "../../store/selection";

/** Gradients of a run's best answer to its patterns, or null until they have come and where they are not wanted. */
export function useGradients(
  run: number,
  trace: Trace | null,
  where: Selection,
  isWanted: boolean,
): Gradients | null {
  const store = useSessionStore();
  const [known, setKnown] = useState<{ wanted: string; trace: Trace; gradients: Gradients } | null>(null);
  const target = trace === null || !isWanted ? null : targetOf(trace, where);
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
