import type { Tensor } from "../../engine/tensor";
import type { Trace } from "../../engine/trace";
import type { Selection } from "../../store/selection";
import { OPENS } from "../../store/stages";
import { headTensorAt, numberAt, siteIndexAt, siteName } from "../../viz/siteView";

/** The number that a reader looks at. */
export interface Focus {
  /** Without stack and layer, and the full name. */
  readonly part: string;
  readonly site: string;
  readonly tensor: Tensor;
  readonly index: readonly number[];
  readonly value: number;
  readonly kind: "pair" | "row" | "vector" | "scalar";
}

/** The number at a selection: of the open site, or of the pattern where the trace does not hold that one. */
export function focusOf(trace: Trace, looked: Selection): Focus | null {
  for (const part of [looked.site ?? OPENS[looked.step], "attn.hook_pattern"]) {
    const tensor = headTensorAt(trace, looked, part);
    if (tensor === null) continue;
    return {
      part,
      site: siteName(looked, part),
      tensor,
      index: siteIndexAt(tensor, trace, looked, part),
      value: numberAt(tensor, trace, looked),
      kind: kindOf(tensor),
    };
  }
  return null;
}

/** "pair": a query and a key; "row": a query alone; "vector": a token and a dimension; "scalar": a token alone. */
function kindOf({ axes }: Tensor): Focus["kind"] {
  const last = axes.at(-1);
  if (last === "key_pos") return "pair";
  if (last === "one") return axes.at(-2) === "query_pos" ? "row" : "scalar";
  return "vector";
}
