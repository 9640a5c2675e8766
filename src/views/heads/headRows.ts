import { patternSites } from "../../analysis/heads/headFacts";
import type { AttentionPlace } from "../../engine/sites";
import type { StackName } from "../../engine/spec";
import type { Trace } from "../../engine/trace";
import type { Matrix } from "../../viz/heatmap";

/** One attention layer of a model: a row of the grid of heads. */
export interface HeadRow {
  readonly site: string;
  readonly stack: StackName;
  readonly attention: AttentionPlace;
  readonly layer: number;
  /** Pattern of each head, [query_pos, key_pos] (views, no copies). */
  readonly heads: readonly Matrix[];
}

/** The attention layers whose patterns a trace holds, in the model's order. */
export function headRows(trace: Pick<Trace, "sites">): readonly HeadRow[] {
  return patternSites(trace.sites).map(({ site, stack, layer, place, patterns }) => {
    const [heads = 0, rows = 0, columns = 0] = patterns.shape;
    const size = rows * columns;
    return {
      site,
      stack,
      attention: place,
      layer,
      heads: Array.from({ length: heads }, (_, head) => ({
        data: patterns.data.subarray(head * size, (head + 1) * size),
        rows,
        columns,
      })),
    };
  });
}
