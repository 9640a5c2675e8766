import { useMemo } from "react";
import { explain } from "../../analysis/explain/explain";
import type { Expression, SiteReference } from "../../analysis/explain/expression";
import {
  fetchedWeights,
  headOf,
  type Lookup,
  readInput,
  traceLookup,
  type WeightRequest,
} from "../../analysis/explain/lookup";
import { needs, references } from "../../analysis/explain/references";
import { NotAvailableError } from "../../engine/errors";
import type { Trace } from "../../engine/trace";
import { useSession } from "../../store/SessionContext";
import { useWeights } from "../../store/useWeights";

const NONE: readonly WeightRequest[] = [];

/** How a number was made, and where its numbers are found. */
export interface Explained {
  readonly expression: Expression;
  readonly lookup: Lookup;
}

/** How the cell of a site was made; null where only a variant computes it, and while weights are on their way or where the trace lacks what it needs. */
export function useExplanation(trace: Trace, site: string, index: readonly number[]): Explained | null {
  const read = useSession((session) => session.runs[0]?.input ?? null);
  const place = index.join();
  const asked = useMemo(() => {
    const expression = expressionOf(trace, site, place.split(",").map(Number));
    if (expression === null) return null;
    const input = read ?? { ids: trace.tokens.map((token) => token.id) };
    const isHeld = references(expression).every((each) => !("site" in each) || holds(trace, each));
    const requests = needs(expression, (from) => readInput(trace.spec, input, from));
    return { expression, input, isHeld, requests };
  }, [trace, site, place, read]);
  const weights = useWeights(asked?.requests ?? NONE);
  return useMemo(() => {
    if (asked === null) return null;
    const { expression, input, isHeld, requests } = asked;
    if (!isHeld || (weights === null && requests.length > 0)) return null;
    return { expression, lookup: traceLookup(trace, input, fetchedWeights(weights ?? new Map())) };
  }, [trace, asked, weights]);
}

/** Whether a trace has what a reference reads: the site, or the head of it. */
function holds(trace: Trace, { site, index: [head] }: SiteReference): boolean {
  return Object.hasOwn(trace.sites, site) || (typeof head === "number" && headOf(trace, site, head) !== null);
}

function expressionOf({ spec }: Trace, site: string, index: readonly number[]): Expression | null {
  try {
    return explain(spec, site, index).expression;
  } catch (error) {
    if (error instanceof NotAvailableError) return null;
    throw error;
  }
}
