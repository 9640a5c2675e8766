import { VariantError, type VariantReason } from "../errors";
import type { AttentionSpec, BlockSpec, ModelSpec, StackSpec } from "../spec";

/** The spec with every block in scope changed. */
export function mapBlocks(
  spec: ModelSpec,
  { layer }: { readonly layer?: number },
  change: (block: BlockSpec, stack: StackSpec) => BlockSpec,
): ModelSpec {
  const inScope = (at: number) => layer === undefined || at === layer;
  return {
    ...spec,
    stacks: spec.stacks.map((stack) => ({
      ...stack,
      layers: stack.layers.map((block, at) => (inScope(at) ? change(block, stack) : block)),
    })),
  };
}

/** The spec with every self-attention in scope changed, and with `cross` the cross-attentions too. */
export function mapAttention(
  spec: ModelSpec,
  scope: { readonly layer?: number },
  change: (attn: AttentionSpec, stack: StackSpec) => AttentionSpec,
  cross = false,
): ModelSpec {
  return mapBlocks(spec, scope, (block, stack) => ({
    ...block,
    attn: change(block.attn, stack),
    cross: cross && block.cross !== null ? change(block.cross, stack) : block.cross,
  }));
}

/** Throws VariantError unless the condition holds. */
export function require(condition: boolean, change: string, reason: VariantReason): void {
  if (!condition) throw new VariantError({ change, reason });
}

/** Whether a number counts something: a whole one from 1 to a million. */
export function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 1_000_000;
}
