import { type Sublayer, sublayers } from "../../analysis/explain/wiring";
import { cosineOf, normOf, row } from "../../analysis/matrix";
import type { StackSpec } from "../../engine/spec";
import type { Trace } from "../../engine/trace";
import { moments } from "../../viz/moments";

/** What one sublayer does to the residual stream of one token. */
export interface BranchFacts {
  readonly kind: Sublayer["kind"];
  readonly heads: number;
  /** What it writes, [d_model]; its length, and its cosine with what it is added to. */
  readonly writes: Float32Array;
  readonly norm: number;
  readonly cosine: number;
  /** Mean and spread of what its LayerNorm reads, and of what it gives. */
  readonly normalised: { readonly before: Moments; readonly after: Moments } | null;
  /** The stream after it, [d_model]. */
  readonly sum: Float32Array;
}

type Moments = ReturnType<typeof moments>;

export interface BlockFacts {
  /** What enters the block, [d_model]. */
  readonly enters: Float32Array;
  readonly branches: readonly BranchFacts[];
}

/** The numbers of one token's way through a block, or null where the trace does not hold them. */
export function blockFacts(
  trace: Trace,
  stack: StackSpec,
  layer: number,
  position: number,
): BlockFacts | null {
  const block = stack.layers[layer];
  const read = (site: string) => {
    const tensor = trace.sites[site as keyof Trace["sites"]];
    return tensor === undefined ? null : row(tensor, position);
  };
  const enters = read(`${stack.name}.${layer}.hook_resid_pre`);
  if (enters === null || block === undefined) return null;
  const parts = sublayers(stack, layer);
  const branches = parts.map((part, at): BranchFacts | null => {
    const writes = read(part.writes);
    // Side by side, the sum that the trace holds is that of all branches.
    const isPartial = block.parallel && at < parts.length - 1;
    const sum = isPartial ? added(enters, writes) : read(part.sum);
    if (writes === null || sum === null) return null;
    const before = part.norm === null ? null : read(part.normReads);
    const after = part.norm === null ? null : read(`${stack.name}.${layer}.${part.norm}.hook_normalized`);
    const skip = part.skip === null ? null : read(part.skip);
    return {
      kind: part.kind,
      heads: (part.kind === "cross_attn" ? block.cross : block.attn)?.nHeads ?? 0,
      writes,
      norm: normOf(writes),
      cosine: skip === null ? 0 : cosineOf(writes, skip),
      normalised:
        before === null || after === null ? null : { before: moments(before), after: moments(after) },
      sum,
    };
  });
  const all = branches.filter((branch) => branch !== null);
  return all.length === branches.length ? { enters, branches: all } : null;
}

function added(stream: Float32Array, writes: Float32Array | null): Float32Array | null {
  return writes === null ? null : stream.map((value, d) => value + (writes[d] ?? 0));
}
