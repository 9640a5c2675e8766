import { useMemo } from "react";
import { type WeightRequest, weightKey } from "../../analysis/explain/lookup";
import type { Numbers } from "../../analysis/positions";
import { stackPrefix } from "../../engine/sites";
import type { AttentionSpec, StackSpec } from "../../engine/spec";
import type { Trace } from "../../engine/trace";
import type { Selection } from "../../store/selection";
import { useWeights } from "../../store/useWeights";
import { tensorAt, tokensAlong } from "../../viz/siteView";
import { type PositionFacts, positionFacts, schemeOf, shownPositions } from "./positionFacts";

/** The facts of the looked attention's positions; learned rows beyond the text come from the weights. */
export function usePositionFacts(
  trace: Trace,
  stack: StackSpec,
  attention: AttentionSpec,
  looked: Selection,
  by: "dot" | "cosine",
): PositionFacts | null {
  const positions = schemeOf(stack, attention);
  const tokens = tokensAlong("query_pos", trace, looked).length;
  const length = shownPositions(tokens, trace.spec.context);
  const weight = `${stackPrefix(stack.name)}pos_embed.W_pos`;
  const requests = useMemo(
    (): readonly WeightRequest[] =>
      positions.kind === "learned"
        ? Array.from({ length: Math.min(length, positions.length - positions.offset) }, (_, at) => ({
            weight,
            take: "row",
            at: positions.offset + at,
          }))
        : [],
    [positions, length, weight],
  );
  const fetched = useWeights(requests);
  const added = tensorAt(trace, looked, "hook_pos_embed");
  const bias = tensorAt(trace, looked, "attn.step_bias");
  const rows = useMemo((): Numbers | null => {
    const vectors = requests.map((request) => fetched?.get(weightKey(request)) ?? null);
    const whole = vectors.filter((vector) => vector !== null);
    const width = whole[0]?.length ?? 0;
    if (whole.length > 0 && whole.length === requests.length) {
      const data = new Float32Array(whole.length * width);
      whole.forEach((vector, at) => {
        data.set(vector, at * width);
      });
      return { data, rows: whole.length, columns: width };
    }
    if (added === null) return null;
    const [count = 0, columns = 0] = added.shape;
    return { data: added.data, rows: count, columns };
  }, [requests, fetched, added]);
  const width = stack.embed.kind === "tokens" ? stack.embed.width : stack.dModel;
  const { head } = looked;
  return useMemo(
    () => positionFacts({ positions, length, width, head, by, rows, bias }),
    [positions, length, width, head, by, rows, bias],
  );
}
