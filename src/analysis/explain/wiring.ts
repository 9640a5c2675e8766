import { type NormPlace, stackPrefix } from "../../engine/sites";
import type { BlockSpec, ModelSpec, StackSpec } from "../../engine/spec";

/** One of a block's sublayers: which sites it reads, where it writes, and where its norm stands. */
export interface Sublayer {
  readonly kind: "attn" | "cross_attn" | "mlp";
  readonly norm: NormPlace | null;
  /** The site that the norm reads; the sum itself in post-norm blocks. */
  readonly normReads: string;
  /** The site that W_Q, W_K, W_V or W_in multiply. */
  readonly reads: string;
  /** What the sublayer's output is added to, or null without a residual stream. */
  readonly skip: string | null;
  readonly writes: string;
  readonly sum: string;
}

const WRITES = { attn: "hook_attn_out", cross_attn: "hook_cross_attn_out", mlp: "hook_mlp_out" } as const;
const SUMS = { attn: "hook_resid_mid", cross_attn: "hook_resid_mid_cross", mlp: "hook_resid_post" } as const;
const NORMS = ["ln1", "ln2", "ln3"] as const;

/** A block's sublayers in the order in which they run; norms are numbered in that order too. */
export function sublayers(stack: StackSpec, layer: number): readonly Sublayer[] {
  const block = stack.layers[layer];
  if (block === undefined) throw new RangeError(`stack ${stack.name} has no layer ${layer}`);
  const name = (local: string) => `${stack.name}.${layer}.${local}`;
  const kinds = kindsOf(block);
  let stream = name("hook_resid_pre");
  return kinds.map((kind, order) => {
    const norm = block.norm === null ? null : (NORMS[order] ?? null);
    const normed = norm === null ? null : name(`${norm}.hook_out`);
    const sum = name(block.parallel || block.unit !== undefined ? "hook_resid_post" : SUMS[kind]);
    const pre = block.place === "pre";
    const sublayer = {
      kind,
      norm,
      normReads: pre ? stream : sum,
      reads: pre && normed !== null ? normed : stream,
      skip: block.residual ? stream : null,
      writes: name(WRITES[kind]),
      sum,
    };
    if (!block.parallel) stream = pre || normed === null ? sum : normed;
    return sublayer;
  });
}

/** What a block is made of; a gated unit stands where attention does. */
function kindsOf({ cross, unit }: BlockSpec): readonly Sublayer["kind"][] {
  if (unit !== undefined) return ["attn"];
  return cross === null ? ["attn", "mlp"] : ["attn", "cross_attn", "mlp"];
}

/** The site that leaves a block: the sum, or its LayerNorm in post-norm blocks. */
export function blockOutput(stack: StackSpec, layer: number): string {
  const block = stack.layers[layer];
  const post = block?.place === "post" && block.norm !== null;
  return `${stack.name}.${layer}.${post ? "hook_normalized_resid_post" : "hook_resid_post"}`;
}

/** The site that enters a block. */
export function blockInput(stack: StackSpec, layer: number): string {
  return layer === 0 ? `${stackPrefix(stack.name)}hook_full_embed` : blockOutput(stack, layer - 1);
}

/** What a stack's last block gives, before the final norm. */
export function lastOutput(stack: StackSpec): string {
  return blockInput(stack, stack.layers.length);
}

/** What a stack gives to the heads on top, or to a decoder's cross-attention. */
export function stackOutput(stack: StackSpec): string {
  return stack.finalNorm === null ? lastOutput(stack) : `${stackPrefix(stack.name)}ln_final.hook_out`;
}

/** The site whose rows cross-attention takes its keys and values from: the first stack's output. */
export function memoryOf(spec: ModelSpec): string {
  const [encoder] = spec.stacks;
  if (encoder === undefined) throw new RangeError("the architecture has no stack");
  return stackOutput(encoder);
}
