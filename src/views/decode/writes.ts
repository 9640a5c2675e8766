import type { ModelSpec } from "../../engine/spec";

/** Why nothing can be written: the model reads both ways, has no head over a vocabulary, or is not there, but only a file of what it did. */
export type NoWriting = "ways" | "headless" | "opened";

/** What keeps a model from writing, or null where its last stack looks back only and has a head over the vocabulary. */
export function whyNoWriting({ stacks, heads }: ModelSpec, isOpened: boolean): NoWriting | null {
  if (isOpened) return "opened";
  const causal = stacks
    .at(-1)
    ?.layers.every(({ attn: { mask } }) => mask.kind === "causal" || (mask.kind === "window" && mask.causal));
  if (causal !== true) return "ways";
  return heads.some(({ kind }) => kind === "lm") ? null : "headless";
}
