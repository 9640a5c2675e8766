import { type WeightRequest, weightKey } from "../analysis/explain/lookup";
import type { Engine, ModelChoice } from "../worker/engine";

/** Parts of weights by weightKey; null where the model has no such weight. */
export type FetchedWeights = ReadonlyMap<string, Float32Array | null>;

/** More than this many parts are not kept: an explanation needs a few dozen. */
const KEPT = 512;

/** Parts of weights as the page has fetched them, each once. */
export interface WeightShelf {
  /** Everything asked for, or null where the engine could not answer. */
  get(choice: ModelChoice, requests: readonly WeightRequest[]): Promise<FetchedWeights | null>;
}

/** An empty shelf before an engine. */
export function createWeightShelf(engine: Engine): WeightShelf {
  const kept = new Map<string, Float32Array | null>();
  return {
    async get(choice, requests) {
      const model = JSON.stringify(choice);
      const place = (request: WeightRequest) => `${model} ${weightKey(request)}`;
      const missing = requests.filter((request) => !kept.has(place(request)));
      if (missing.length > 0) {
        const outcome = await engine.weights(choice, missing);
        if (outcome.kind !== "done") return null;
        if (kept.size > KEPT) kept.clear();
        missing.forEach((request, i) => {
          kept.set(place(request), outcome.value[i] ?? null);
        });
      }
      return new Map(requests.map((request) => [weightKey(request), kept.get(place(request)) ?? null]));
    },
  };
}
