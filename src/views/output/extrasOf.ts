import type { Trace } from "../../engine/trace";
import { leavesRowsOut } from "../../store/leavesRowsOut";
import { lacksRows } from "../../store/logitRows";

/** The further readings of a model's end. */
export type Extra = "mask" | "surprisal" | "lens" | "labels" | "next";

/**
 * The readings that a trace allows, the most telling first; of a large vocabulary the one that reads all its rows stands
 * after those that do not. `isText`: words can be masked in what was typed.
 */
export function extrasOf(trace: Trace, isText: boolean): readonly Extra[] {
  const { spec, sites, tokens } = trace;
  const speaks = spec.heads.some(({ kind }) => kind === "lm");
  const mask = spec.stacks.at(-1)?.layers[0]?.attn.mask;
  const isOne = spec.stacks.length === 1;
  const isForward = mask?.kind === "causal" || (mask?.kind === "window" && mask.causal);
  const hasRows = sites.logits?.shape[0] === tokens.length || lacksRows(trace);
  const has: Readonly<Record<Extra, boolean>> = {
    mask: speaks && isOne && !isForward && spec.ids.mask !== null && isText,
    surprisal: speaks && isOne && isForward && hasRows && tokens.length > 1,
    lens: speaks,
    labels: spec.heads.some(({ kind }) => kind === "token"),
    next: sites.nsp_logits !== undefined,
  };
  const order = leavesRowsOut(trace)
    ? (["mask", "lens", "surprisal", "labels", "next"] as const)
    : (["mask", "surprisal", "lens", "labels", "next"] as const);
  return order.filter((extra) => has[extra]);
}
