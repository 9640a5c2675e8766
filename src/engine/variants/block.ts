import type { ModelSpec, NormSpec } from "../spec";
import type { VariantChange } from "../variants";
import { withHeads } from "./attention";
import { isCount, mapBlocks, require } from "./scope";

type Change<K extends VariantChange["kind"]> = Extract<VariantChange, { kind: K }>;

/** The blocks' normalisation: LayerNorm, RMSNorm (with the same gain), or none. The final norm stays. */
export function changeNorm(spec: ModelSpec, change: Change<"norm">): ModelSpec {
  const own = spec.stacks.flatMap(({ layers }) => layers.flatMap(({ norm }) => norm?.eps ?? []))[0] ?? 1e-5;
  const { norm: kind, eps = own, affine } = change;
  require(Number.isFinite(eps), "norm", "notFinite");
  require(eps >= 0, "norm", "notPositive");
  const norm: NormSpec | null = kind === "none" ? null : { kind, eps, ...(affine === false && { affine }) };
  return mapBlocks(spec, change, (block) => ({ ...block, norm }));
}

/** Before each part of the block (pre-norm) or after each sum (post-norm). */
export function changePlace(spec: ModelSpec, change: Change<"place">): ModelSpec {
  return mapBlocks(spec, change, (block) => {
    require(!block.parallel, "place", "parallel");
    return { ...block, place: change.place };
  });
}

/** With residual connections, or without: each part of the block replaces the stream. */
export function changeResidual(spec: ModelSpec, change: Change<"residual">): ModelSpec {
  return mapBlocks(spec, change, (block) => {
    require(!block.parallel || change.residual, "residual", "parallel");
    return { ...block, residual: change.residual };
  });
}

/** A gated attention unit instead of attention and MLP, with relu²/n and 1/√s (Hua et al. 2022). */
export function changeUnit(spec: ModelSpec, change: Change<"gatedUnit">): ModelSpec {
  return mapBlocks(spec, change, (block, { dModel }) => {
    const { width = 2 * dModel, dHead = Math.min(128, dModel) } = change;
    require(isCount(width) && isCount(dHead), "gatedUnit", "badSize");
    require(block.cross === null, "gatedUnit", "crossAttention");
    require(!block.parallel, "gatedUnit", "parallel");
    require(block.attn.score.kind === "dot", "gatedUnit", "ownScores");
    const attn = withHeads(block.attn, 1, dHead, "gatedUnit");
    return {
      ...block,
      attn: { ...attn, scale: 1 / Math.sqrt(dHead), normaliser: { kind: "squaredRelu" } },
      unit: { width, activation: "silu" },
    };
  });
}
