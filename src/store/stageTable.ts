import type { BlockSpec, EmbedSpec, StackSpec } from "../engine/spec";
import type { StageId } from "./stages";

/** One stage of a head or of its block, and the sites that it shows. */
export interface Stage {
  readonly id: StageId;
  /**
   * "matrix": one matrix of queries and keys at a time, large. "side": matrices of d_head dimensions beside each other.
   * "stack": matrices of d_model dimensions under each other.
   */
  readonly layout: "matrix" | "side" | "stack";
  /** Sites without stack and layer, in the order in which they are computed. */
  readonly sites: readonly string[];
}

interface Parts {
  readonly embed: EmbedSpec;
  readonly block: BlockSpec;
  readonly cross: boolean;
}

type Row = Pick<Stage, "layout"> & { sites(parts: Parts): readonly (string | false)[] };

const norm = (place: string, before: string, after: string): readonly string[] => [
  before,
  `${place}.step_mean`,
  `${place}.hook_scale`,
  `${place}.hook_normalized`,
  after,
];

/** All stages; which of them a model has, and in what order, is read from its architecture. */
const TABLE: Readonly<Record<StageId, Row>> = {
  embed: {
    layout: "stack",
    sites: ({ embed }) => [
      "hook_embed",
      embed.positions.kind !== "none" && "hook_pos_embed",
      embed.kind === "tokens" && embed.types > 0 && "hook_token_type_embed",
      embed.norm !== null && "step_embed_sum",
      "hook_full_embed",
      "hook_resid_pre",
    ],
  },
  normalise: {
    layout: "stack",
    sites: ({ block }) =>
      block.place === "pre"
        ? norm("ln1", "hook_resid_pre", "ln1.hook_out")
        : norm("ln1", "hook_resid_mid", "ln1.hook_out"),
  },
  qkv: {
    layout: "side",
    sites: () => ["attn.hook_q", "attn.hook_k", "attn.hook_v"],
  },
  rotate: {
    layout: "side",
    sites: () => ["attn.hook_rot_q", "attn.hook_rot_k"],
  },
  dot: { layout: "matrix", sites: () => ["attn.step_dot"] },
  scale: { layout: "matrix", sites: () => ["attn.step_scaled"] },
  bias: { layout: "matrix", sites: () => ["attn.step_bias"] },
  mask: {
    layout: "matrix",
    sites: () => ["attn.hook_attn_scores"],
  },
  softmax: {
    layout: "matrix",
    sites: () => [
      "attn.hook_attn_scores",
      "attn.step_row_max",
      "attn.step_exp",
      "attn.step_row_sum",
      "attn.hook_pattern",
    ],
  },
  mix: { layout: "side", sites: () => ["attn.hook_v", "attn.hook_z"] },
  project: {
    layout: "stack",
    sites: ({ cross }) => ["attn.hook_result", cross ? "hook_cross_attn_out" : "hook_attn_out"],
  },
  add: {
    layout: "stack",
    sites: ({ block, cross }) =>
      cross
        ? ["hook_resid_mid", "hook_cross_attn_out", "hook_resid_mid_cross"]
        : ["hook_resid_pre", "hook_attn_out", !block.parallel && "hook_resid_mid"],
  },
  mlp: {
    layout: "stack",
    sites: ({ block }) => [
      block.place === "pre" && block.norm !== null && !block.parallel && "ln2.hook_out",
      "mlp.hook_pre",
      block.mlp.gated && "mlp.hook_pre_linear",
      "mlp.hook_post",
      "hook_mlp_out",
      "hook_resid_post",
      block.place === "post" && block.norm !== null && "hook_normalized_resid_post",
    ],
  },
};

/** The stages of a layer, in the order in which that model takes them. */
export function stagesOf(
  stack: StackSpec,
  layer: number,
  attention: "attn" | "cross_attn",
): readonly Stage[] {
  const block = stack.layers[layer];
  if (block === undefined) return [];
  const cross = attention === "cross_attn";
  const { positions } = (cross ? block.cross : block.attn) ?? block.attn;
  const normalise = block.norm === null ? null : block.place;
  const order: readonly (StageId | false)[] = [
    "embed",
    normalise === "pre" && "normalise",
    "qkv",
    positions.kind === "rotary" && "rotate",
    "dot",
    "scale",
    (positions.kind === "buckets" || positions.kind === "alibi") && "bias",
    "mask",
    "softmax",
    "mix",
    "project",
    block.residual && "add",
    normalise === "post" && "normalise",
    "mlp",
  ];
  const parts = { embed: stack.embed, block, cross };
  return order
    .filter(present)
    .map((id) => ({ id, layout: TABLE[id].layout, sites: TABLE[id].sites(parts).filter(present) }));
}

function present<Value>(value: Value | false): value is Value {
  return value !== false;
}

/** The stage that shows a site (without stack and layer): the first that computes it. */
export function stageOfSite(part: string): StageId | null {
  const local = part.replace(/^ln\d\./, "ln1.");
  return OWNERS.find(({ sites }) => sites.test(local))?.id ?? null;
}

const OWNERS: readonly { readonly id: StageId; readonly sites: RegExp }[] = [
  { id: "embed", sites: /^(?:hook_(?:pos_|token_type_|full_)?embed|step_embed_sum|hook_resid_pre)$/ },
  { id: "normalise", sites: /^ln1\./ },
  { id: "qkv", sites: /^attn\.hook_[qkv]$/ },
  { id: "rotate", sites: /^attn\.hook_rot_/ },
  { id: "dot", sites: /^attn\.step_dot$/ },
  { id: "scale", sites: /^attn\.step_scaled$/ },
  { id: "bias", sites: /^attn\.step_bias$/ },
  { id: "mask", sites: /^attn\.hook_attn_scores$/ },
  { id: "softmax", sites: /^attn\.(?:step_row_max|step_exp|step_row_sum|hook_pattern)$/ },
  { id: "mix", sites: /^attn\.hook_z$/ },
  { id: "project", sites: /^(?:attn\.hook_result|hook_(?:cross_)?attn_out)$/ },
  { id: "add", sites: /^hook_resid_mid/ },
  { id: "mlp", sites: /^(?:mlp\.|hook_mlp_out|hook_resid_post|hook_normalized_resid_post)/ },
];
