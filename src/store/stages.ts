/** The stages of one head and its block, in the usual order; a model's own order is read from its spec. */
export const STAGES = [
  "embed",
  "normalise",
  "qkv",
  "rotate",
  "dot",
  "scale",
  "bias",
  "mask",
  "softmax",
  "mix",
  "project",
  "add",
  "mlp",
] as const;

export type StageId = (typeof STAGES)[number];
