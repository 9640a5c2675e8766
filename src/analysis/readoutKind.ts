import type { Trace } from "../engine/trace";

/** "next": the token that follows; "fill": the token at a position; "label": a class. */
export type ReadoutKind = "next" | "fill" | "label";

/** What a model's logits are of, or null of a model without a head. */
export function readoutKind(trace: Trace): ReadoutKind | null {
  if (lmHead(trace) !== undefined) return isCausal(trace) ? "next" : "fill";
  return trace.spec.heads.length === 0 ? null : "label";
}

/** The head that says tokens, if there is one. */
export function lmHead(trace: Trace) {
  return trace.spec.heads.find((each) => each.kind === "lm");
}

/** Whether the last stack reads one way. */
export function isCausal(trace: Trace): boolean {
  const mask = trace.spec.stacks.at(-1)?.layers[0]?.attn.mask;
  return mask?.kind === "causal" || (mask?.kind === "window" && mask.causal);
}
