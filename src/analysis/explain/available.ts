import { multiplies } from "../../engine/scores";
import type { AttentionSpec } from "../../engine/spec";
import type { Place } from "./place";

/** Stages that only variants have: no rule says how they are made. */
const VARIANT_STAGES: readonly string[] = [
  "step_pos_embed",
  "step_pos_input",
  "step_hidden",
  "step_phi_q",
  "step_phi_k",
  "step_gate",
  "step_shared",
  "step_gated",
  "step_relu2",
];

/**
 * What of a variant keeps a site from being explained by the rules of the mechanisms that models are trained with, or null
 * where they hold.
 */
export function unexplained(place: Place): string | null {
  const { stack, layer, local, part } = place;
  if (VARIANT_STAGES.includes(local)) return local;
  const { positions } = stack.embed;
  if (local === "hook_pos_embed") return positions.kind === "learned" ? (repeats(positions) ?? null) : null;
  const block = layer === null ? undefined : stack.layers[layer];
  if (block === undefined) return null;
  const at = positions.kind === "none" ? "input" : (positions.at ?? "input");
  if (at === "layers" && local === "hook_resid_pre") return "positions in every layer";
  if (block.unit !== undefined && (part === "attn" || local === "hook_attn_out")) return "a gated unit";
  if (part !== "attn" && part !== "cross_attn") return null;
  if (at === "queriesAndKeys" && part === "attn" && (local === "hook_q" || local === "hook_k")) {
    return "positions added to queries and keys";
  }
  const attention = part === "attn" ? block.attn : block.cross;
  return attention === null ? null : ofAttention(attention, local);
}

/** Whether a variant may have put another stage behind a site, so that its readers are not known here. */
export function readByVariant(place: Place): boolean {
  const { stack, layer, local, part } = place;
  const block = layer === null ? undefined : stack.layers[layer];
  if (block === undefined) return false;
  if (VARIANT_STAGES.includes(local) || block.unit !== undefined) return true;
  const attention = part === "attn" ? block.attn : part === "cross_attn" ? block.cross : null;
  if (attention === null) return false;
  return attention.score.kind !== "dot" || attention.normaliser.kind !== "softmax";
}

function repeats({ past }: { readonly past?: "refuse" | "repeat" }): string | null {
  return past === "repeat" ? "a repeated position" : null;
}

function ofAttention(spec: AttentionSpec, local: string): string | null {
  const { score, normaliser, mask, dropped } = spec;
  switch (local) {
    case "step_dot":
    case "step_scaled":
      return score.kind === "dot" ? null : `${score.kind} scores`;
    case "hook_attn_scores":
      if (multiplies(spec)) return "multiplied positions";
      return mask.kind === "bigbird" && !mask.causal ? "a random mask" : null;
    case "step_row_max":
    case "step_exp":
    case "step_row_sum":
    case "hook_pattern":
      return normaliser.kind === "softmax" ? null : normaliser.kind;
    case "hook_z":
      return dropped !== undefined && dropped.length > 0 ? "dropped heads" : null;
    default:
      return null;
  }
}
