import { useEffect, useState } from "react";
import { type WeightRequest, weightKey } from "../analysis/explain/lookup";
import { useSession, useSessionStore } from "./SessionContext";
import type { FetchedWeights } from "./weightShelf";

/** The weights that an explanation reads, or null until they have come from the engine. */
export function useWeights(requests: readonly WeightRequest[]): FetchedWeights | null {
  const store = useSessionStore();
  const trace = useSession((session) => session.runs[0]?.trace ?? null);
  const wanted = `${trace?.modelId} ${requests.map(weightKey).join()}`;
  const [fetched, setFetched] = useState<{ wanted: string; weights: FetchedWeights | null } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `wanted` stands for the requests, which are new objects each time
  useEffect(() => {
    let current = true;
    void store
      .getState()
      .weights(requests)
      .then((weights) => current && setFetched({ wanted, weights }));
    return () => {
      current = false;
    };
  }, [store, wanted]);
  return fetched?.wanted === wanted ? fetched.weights : null;
}
