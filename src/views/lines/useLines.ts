import { useMemo } from "react";
import { ALL_LINES } from "../../store/options";
import { useLooked, useSession } from "../../store/SessionContext";
import { useNeed } from "../../store/useNeed";
import { type HeadLine, headLines } from "../../viz/headLines";
import type { Matrix } from "../../viz/heatmap";
import { tokensAlong } from "../../viz/siteView";
import { linePatterns } from "./linePatterns";
import { type LineOptions, useLineOptions } from "./options";
import { type AttentionKind, type DrawnHead, headsOf, heldPattern, patternOf } from "./places";
import { type Unit, unitsOf } from "./units";

/** All that the view draws. */
export interface LinesModel {
  readonly options: LineOptions;
  change(part: Partial<LineOptions>): void;
  readonly kind: AttentionKind;
  readonly layers: number;
  readonly layer: number;
  /** Heads on offer; of them those that are on, and of these those whose patterns are there. */
  readonly heads: readonly DrawnHead[];
  readonly on: readonly DrawnHead[];
  readonly drawn: readonly DrawnHead[];
  readonly queries: readonly Unit[];
  readonly keys: readonly Unit[];
  /** Of each drawn head, without what is hidden. [query unit, key unit] */
  readonly patterns: readonly Matrix[];
  readonly lines: readonly HeadLine[];
  /** Whether the text is a pair of sentences. */
  readonly isPair: boolean;
}

/** The lines of the chosen heads, or null without a trace. */
export function useLines(): LinesModel | null {
  const [options, change] = useLineOptions();
  const trace = useSession((session) => session.runs[0]?.trace ?? null);
  const types = useSession((session) => session.runs[0]?.input?.tokenTypeIds ?? null);
  const { stack, attention, layer, head: chosen } = useLooked();
  const { allLayers, chosenOnly, headsOff, threshold, top } = options;
  const { words, hideSpecial, hideDiagonal, hideFirst, tokensOff, renormalise } = options;
  const isPair = attention === "attn" && types !== null && new Set(types).size > 1;
  const between = isPair ? options.between : "all";

  const kind = useMemo(() => ({ stack, attention }), [stack, attention]);
  const heads = useMemo(
    () => (trace === null ? [] : headsOf(trace.spec, kind, allLayers ? null : layer)),
    [trace, kind, allLayers, layer],
  );
  // The heads stay as they are while the pointer passes others, unless the chosen one stands alone.
  const alone = chosenOnly ? chosen : null;
  const on = useMemo(
    () => heads.filter(({ id, head }) => (alone === null ? !headsOff.has(id) : head === alone)),
    [heads, headsOff, alone],
  );
  // A long trace makes the patterns of one layer when they are wanted; those of all layers would not fit.
  useNeed(allLayers ? [] : on.map((head) => ({ site: patternOf(kind, head), head: head.head })));
  const drawn = useMemo(
    () => (trace === null ? [] : on.filter((head) => heldPattern(trace, kind, head) !== null)),
    [trace, kind, on],
  );
  const units = useMemo(() => {
    if (trace === null) return { queries: [], keys: [] };
    const along = (axis: "query_pos" | "key_pos") => {
      const tokens = tokensAlong(axis, trace, { ...kind, layer: 0, head: 0, query: 0, key: 0, dimension: 0 });
      return unitsOf(tokens, words, tokens.length === types?.length ? types : null);
    };
    return { queries: along("query_pos"), keys: along("key_pos") };
  }, [trace, kind, words, types]);
  const patterns = useMemo(() => {
    const hiding = { words, hideSpecial, hideDiagonal, hideFirst, tokensOff, renormalise, between };
    return trace === null ? [] : linePatterns(trace, kind, drawn, units, hiding);
  }, [
    trace,
    kind,
    drawn,
    units,
    words,
    hideSpecial,
    hideDiagonal,
    hideFirst,
    tokensOff,
    renormalise,
    between,
  ]);
  const lines = useMemo(
    () => headLines(patterns, { threshold, top: top === ALL_LINES ? Number.POSITIVE_INFINITY : top }),
    [patterns, threshold, top],
  );
  const layers = trace?.spec.stacks.find((each) => each.name === stack)?.layers.length ?? 0;
  // The same while the pointer moves, so that what does not follow it is not drawn again.
  return useMemo(() => {
    if (trace === null) return null;
    return { options, change, kind, layers, layer, heads, on, drawn, ...units, patterns, lines, isPair };
  }, [trace, options, change, kind, layers, layer, heads, on, drawn, units, patterns, lines, isPair]);
}
