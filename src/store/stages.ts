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

/** The site that a step opens at, without its stack and layer. */
export const OPENS: Readonly<Record<StageId, string>> = {
  embed: "hook_resid_pre",
  normalise: "ln1.hook_out",
  qkv: "attn.hook_q",
  rotate: "attn.hook_rot_q",
  dot: "attn.step_dot",
  scale: "attn.step_scaled",
  bias: "attn.step_bias",
  mask: "attn.hook_attn_scores",
  softmax: "attn.hook_pattern",
  mix: "attn.hook_z",
  project: "hook_attn_out",
  add: "hook_resid_mid",
  mlp: "hook_resid_post",
};
