import { useEffect, useState } from "react";
import { type LensLayer, logitLens } from "../../analysis/logitLens";
import { row } from "../../analysis/matrix";
import { betweenBlocks } from "../../analysis/residual";
import type { Trace } from "../../engine/trace";
import { useSessionStore } from "../../store/SessionContext";

interface Asked {
  readonly trace: Trace;
  readonly position: number;
  /** The token whose probability is followed through the layers, or null. */
  readonly target: number | null;
}

const SHOWN = 3;

/** What the stream at one position would say after each layer, or null until the engine has read it. */
export function useLens({ trace, position, target }: Asked): readonly LensLayer[] | null {
  const store = useSessionStore();
  const [known, setKnown] = useState<(Asked & { readonly layers: readonly LensLayer[] }) | null>(null);
  useEffect(() => {
    const stack = trace.spec.stacks.at(-1);
    if (stack === undefined) return;
    const states = betweenBlocks(stack).flatMap((site) => {
      const stream = trace.sites[site as keyof Trace["sites"]];
      return stream === undefined ? [] : [row(stream, position)];
    });
    const joined = new Float32Array(states.length * stack.dModel);
    states.forEach((state, at) => {
      joined.set(state, at * stack.dModel);
    });
    let current = true;
    void store
      .getState()
      .readOut(joined)
      .then((outcome) => {
        if (!current || outcome.kind !== "done" || outcome.value === null) return;
        const logits = outcome.value;
        const width = logits.length / states.length;
        // The lens asks for its states in the order in which they were sent.
        let next = 0;
        const read = () => logits.subarray(next * width, ++next * width);
        const layers = logitLens(trace, stack, read, { position, count: SHOWN, target });
        setKnown({ trace, position, target, layers });
      });
    return () => {
      current = false;
    };
  }, [store, trace, position, target]);
  const isKnown = known?.trace === trace && known.position === position && known.target === target;
  return isKnown ? known.layers : null;
}
