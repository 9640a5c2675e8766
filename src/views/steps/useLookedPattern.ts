import { useMemo } from "react";
import type { Trace } from "../../engine/trace";
import { patternSite } from "../../store/follow";
import { FIRST_SELECTION, type Selection } from "../../store/selection";
import { useNeed } from "../../store/useNeed";
import type { Matrix } from "../../viz/heatmap";
import { headTensorAt, matrixAt, tokensAlong } from "../../viz/siteView";
import { tokenText } from "../../viz/tokenText";

/** The pattern of the head that is looked at, and what stands along its axes. */
interface LookedPattern {
  readonly queries: readonly string[];
  readonly keys: readonly string[];
  /** [query_pos, key_pos] */
  readonly pattern: Matrix;
}

/** The same while the pointer moves over one head's cells; null where the trace does not hold it, or not yet. */
export function useLookedPattern(trace: Trace, looked: Selection): LookedPattern | null {
  const { stack, attention, layer, head } = looked;
  useNeed([{ site: patternSite(looked), head }]);
  return useMemo(() => {
    const place = { ...FIRST_SELECTION, stack, attention, layer, head };
    const tensor = headTensorAt(trace, place, "attn.hook_pattern");
    if (tensor === null) return null;
    const texts = (axis: "query_pos" | "key_pos") =>
      tokensAlong(axis, trace, place).map((token) => tokenText(token.text));
    return { queries: texts("query_pos"), keys: texts("key_pos"), pattern: matrixAt(tensor, trace, place) };
  }, [trace, stack, attention, layer, head]);
}
