import { useEffect, useState } from "react";
import { readEvaluation } from "../model/evaluation";
import { shippedModel } from "../model/registry";

type Evaluation = Awaited<ReturnType<typeof readEvaluation>>;

/** Where the card of a shipped model lies, or null for any other model. */
export function cardOf(model: string): string | null {
  const shipped = shippedModel(model);
  return shipped === null ? null : new URL(`${shipped.path}card.md`, document.baseURI).href;
}

/** What was measured of a shipped model: undefined while it is fetched, null where it cannot be had. */
export function useEvaluation(model: string): Evaluation | undefined {
  const [known, setKnown] = useState<{ model: string; evaluation: Evaluation }>();
  useEffect(() => {
    const shipped = shippedModel(model);
    if (shipped === null) return;
    let current = true;
    void readEvaluation(new URL(shipped.path, document.baseURI).href).then(
      (evaluation) => current && setKnown({ model, evaluation }),
    );
    return () => {
      current = false;
    };
  }, [model]);
  return known?.model === model ? known.evaluation : undefined;
}
