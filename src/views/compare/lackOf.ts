import { headTensorAt } from "../../viz/siteView";
import { FLOW_LONGEST, OVER_LAYERS } from "./gather";
import type { SideState } from "./useSides";

/** Why a side has nothing to show: it is on its way, or this way of reading needs what is not there. */
export type Lack = "waiting" | "cross" | "flow" | "layers" | "second" | "gradient" | "opened";

/** What a side lacks, or null where it is there. `isSecond`: it is of a run of its own; `isLive`: its model can still be asked. */
export function lackOf(
  { trace, where, gathering, matrix }: Pick<SideState, "trace" | "where" | "gathering" | "matrix">,
  isSecond: boolean,
  isLive: boolean,
): Lack | null {
  if (trace === null) return "waiting";
  if (matrix !== null) return null;
  if (OVER_LAYERS.has(gathering)) {
    if (where.attention === "cross_attn") return "cross";
    return gathering === "flow" && trace.tokens.length > FLOW_LONGEST ? "flow" : "layers";
  }
  const parts = gathering === "weighted" ? ["attn.hook_pattern", "attn.hook_v"] : ["attn.hook_pattern"];
  if (parts.every((part) => headTensorAt(trace, where, part) !== null)) return "gradient";
  if (!isLive) return "opened";
  // A long trace makes a head's stages when they are wanted, but only those of the first run.
  return isSecond ? "second" : "waiting";
}
