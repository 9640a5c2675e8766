import type { ModelSpec } from "../../engine/spec";

/** Whether a model writes text: its last stack looks back only and has a head over the vocabulary. */
export function writes({ stacks, heads }: ModelSpec): boolean {
  const causal = stacks
    .at(-1)
    ?.layers.every(({ attn: { mask } }) => mask.kind === "causal" || (mask.kind === "window" && mask.causal));
  return causal === true && heads.some(({ kind }) => kind === "lm");
}
