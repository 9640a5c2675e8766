import { useMemo } from "react";
import { explain } from "../../analysis/explain/explain";
import { fetchedWeights, readInput, traceLookup } from "../../analysis/explain/lookup";
import { needs, references } from "../../analysis/explain/references";
import { type Term, terms } from "../../analysis/explain/terms";
import type { Trace } from "../../engine/trace";
import { useWeights } from "../../store/useWeights";

/** What a number is made of, largest first; null while weights are on their way or where the trace lacks what it needs. */
export function useExplanation(trace: Trace, site: string, index: readonly number[]): readonly Term[] | null {
  const place = index.join();
  const asked = useMemo(() => {
    const { expression } = explain(trace.spec, site, place === "" ? [] : place.split(",").map(Number));
    const input = {
      ids: trace.tokens.map((token) => token.id),
      decoderIds: (trace.decoderTokens ?? []).map(({ id }) => id),
    };
    const isHeld = references(expression).every(
      (each) => !("site" in each) || Object.hasOwn(trace.sites, each.site),
    );
    return {
      expression,
      input,
      isHeld,
      requests: needs(expression, (from) => readInput(trace.spec, input, from)),
    };
  }, [trace, site, place]);
  const weights = useWeights(asked.requests);
  return useMemo(() => {
    const { expression, input, isHeld, requests } = asked;
    if (!isHeld || (weights === null && requests.length > 0)) return null;
    return terms(expression, traceLookup(trace, input, fetchedWeights(weights ?? new Map())));
  }, [trace, asked, weights]);
}
