import { useEffect, useState } from "react";
import { gradientLeft } from "../../analysis/experiments/throughLayers";
import type { Trace } from "../../engine/trace";
import type { GradientRequest } from "../../store/answers";
import { targetOf } from "../../store/gradientTarget";
import { useSessionStore } from "../../store/SessionContext";
import type { Selection } from "../../store/selection";
import { useIsActive } from "./activeCard";

/** Where the stream can be read between blocks, whatever the kind of block. */
const STREAM = ["*hook_full_embed", "*hook_resid_post", "*hook_normalized_resid_post"];

/**
 * How much is left of the gradient of `answering`'s best answer in the stream of a pass, layer by layer; null until it has come,
 * and where there is none. `over` (compared by identity) says which pass, where it is not the run's own.
 */
export function useGradientLeft(
  answering: Trace | null,
  pass: Trace | null,
  { query, stack }: Pick<Selection, "query" | "stack">,
  over: Partial<GradientRequest>,
): Float32Array | null {
  const store = useSessionStore();
  const active = useIsActive();
  const [found, setFound] = useState<{ pass: Trace; left: Float32Array | null } | null>(null);
  useEffect(() => {
    const target = answering === null ? null : targetOf(answering, { query, stack });
    if (pass === null || target === null || !active) return;
    let current = true;
    void store
      .getState()
      .gradients(target, 0, STREAM, over)
      .then((outcome) => {
        if (!current || outcome?.kind !== "done") return;
        setFound({ pass, left: gradientLeft(outcome.value, pass, stack) });
      });
    return () => {
      current = false;
    };
  }, [store, active, answering, pass, query, stack, over]);
  return found !== null && found.pass === pass ? found.left : null;
}
