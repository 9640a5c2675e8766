import type { Trace } from "../../engine/trace";

/** The further readings of a model's end. */
export type Extra = "mask" | "surprisal" | "lens" | "labels" | "next";

/** The readings that a trace allows, the most telling first. `isText`: words can be masked in what was typed. */
export function extrasOf({ spec, sites, tokens }: Trace, isText: boolean): readonly Extra[] {
  const speaks = spec.heads.some(({ kind }) => kind === "lm");
  const mask = spec.stacks.at(-1)?.layers[0]?.attn.mask;
  const isOne = spec.stacks.length === 1;
  const isForward = mask?.kind === "causal" || (mask?.kind === "window" && mask.causal);
  const rows = sites.logits?.shape[0];
  const has: Readonly<Record<Extra, boolean>> = {
    mask: speaks && isOne && !isForward && spec.ids.mask !== null && isText,
    surprisal: speaks && isOne && isForward && rows === tokens.length && tokens.length > 1,
    lens: speaks,
    labels: spec.heads.some(({ kind }) => kind === "token"),
    next: sites.nsp_logits !== undefined,
  };
  return (["mask", "surprisal", "lens", "labels", "next"] as const).filter((extra) => has[extra]);
}
