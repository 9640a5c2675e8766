import type { Trace } from "../../engine/trace";
import type { Selection } from "../../store/selection";
import { headTensorAt, numberAt } from "../../viz/siteView";

export type Link =
  | "dot"
  | "scale"
  | "unscaled"
  | "bias"
  | "mask"
  | "lessMax"
  | "exp"
  | "rowSum"
  | "attention";

export interface ChainRow {
  readonly id: Link;
  /** The site that the number is of, or was made from. */
  readonly part: string;
  readonly value: number;
}

/** The numbers between q·k and the attention of one query to one key, as far as the trace holds them. */
export function chainOf(
  trace: Trace,
  looked: Selection,
): { readonly rows: readonly ChainRow[]; readonly dHead: number } {
  const block = trace.spec.stacks.find((each) => each.name === looked.stack)?.layers[looked.layer];
  const attention = looked.attention === "cross_attn" ? block?.cross : block?.attn;
  const read = (part: string) => {
    const tensor = headTensorAt(trace, looked, part);
    return tensor === null ? null : numberAt(tensor, trace, looked);
  };
  const score = read("attn.hook_attn_scores");
  const greatest = read("attn.step_row_max");
  const normaliser = attention?.normaliser;
  const temperature = normaliser !== undefined && "temperature" in normaliser ? normaliser.temperature : 1;
  const isMasked = score === Number.NEGATIVE_INFINITY;
  const links: readonly (readonly [Link, string, number | null])[] = [
    ["dot", "attn.step_dot", read("attn.step_dot")],
    [attention?.scale === 1 ? "unscaled" : "scale", "attn.step_scaled", read("attn.step_scaled")],
    ["bias", "attn.step_bias", read("attn.step_bias")],
    ["mask", "attn.hook_attn_scores", isMasked ? score : null],
    [
      "lessMax",
      "attn.step_row_max",
      score === null || greatest === null || isMasked ? null : score / temperature - greatest,
    ],
    ["exp", "attn.step_exp", read("attn.step_exp")],
    ["rowSum", "attn.step_row_sum", read("attn.step_row_sum")],
    ["attention", "attn.hook_pattern", read("attn.hook_pattern")],
  ];
  return {
    dHead: attention?.dHead ?? 0,
    rows: links.flatMap(([id, part, value]) => (value === null ? [] : [{ id, part, value }])),
  };
}
