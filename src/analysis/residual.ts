import { stackPrefix } from "../engine/sites";
import type { StackSpec } from "../engine/spec";
import { first, type Tensor } from "../engine/tensor";
import type { Trace } from "../engine/trace";
import { blockInput, blockOutput, sublayers } from "./explain/wiring";
import { cosineOf, normOf, row, sizeOfMatrix } from "./matrix";

/** Length of each row of a site [pos, d]. → [pos] */
export function rowNorms(tensor: Tensor): Float32Array {
  const { rows } = sizeOfMatrix(tensor);
  return Float32Array.from({ length: rows }, (_, at) => normOf(row(tensor, at)));
}

/** Cosine of each row of one site with the same row of another. → [pos] */
export function rowCosines(a: Tensor, b: Tensor): Float32Array {
  const { rows } = sizeOfMatrix(a);
  return Float32Array.from({ length: rows }, (_, at) => cosineOf(row(a, at), row(b, at)));
}

/** What one part of a block writes to the residual stream at one position. */
export interface Write {
  readonly site: string;
  readonly kind: "attn" | "cross_attn" | "mlp";
  /** null: the MLP, or an attention whose heads the trace does not hold apart. */
  readonly head: number | null;
  readonly norm: number;
  /** Cosine with the stream that it is added to: −1 takes away what is there, 0 adds something new. */
  readonly cosine: number;
}

/**
 * What each head and the MLP of a block write at one position. Heads need hook_result; without it the whole attention is
 * one write. Parts that the trace lacks are left out.
 */
export function writesOf(
  trace: Pick<Trace, "sites">,
  stack: StackSpec,
  layer: number,
  position: number,
): readonly Write[] {
  return sublayers(stack, layer).flatMap(({ kind, writes, reads, skip }) => {
    const before = tensorAt(trace, skip ?? reads);
    const results =
      kind === "mlp" ? undefined : tensorAt(trace, `${stack.name}.${layer}.${kind}.hook_result`);
    const write = (site: string, head: number | null, vector: Float32Array): Write => ({
      site,
      kind,
      head,
      norm: normOf(vector),
      cosine: before === undefined ? 0 : cosineOf(vector, row(before, position)),
    });
    if (results !== undefined) {
      const site = `${stack.name}.${layer}.${kind}.hook_result`;
      return Array.from({ length: results.shape[0] ?? 0 }, (_, head) =>
        write(site, head, row(first(results, head), position)),
      );
    }
    const whole = tensorAt(trace, writes);
    return whole === undefined ? [] : [write(writes, null, row(whole, position))];
  });
}

/** The sites that the residual stream passes, in order: what enters, each sum (and its norm, if that is what flows on). */
export function streamSites(stack: StackSpec): readonly string[] {
  const sites = stack.layers.flatMap((block, layer) => {
    const sums = sublayers(stack, layer).flatMap((part) =>
      block.place === "post" && part.norm !== null
        ? [part.sum, `${stack.name}.${layer}.${part.norm}.hook_out`]
        : [part.sum],
    );
    return [...new Set(sums)];
  });
  return [`${stackPrefix(stack.name)}hook_full_embed`, ...sites];
}

/** The stream between two blocks: what enters the first, and what leaves each. */
export function betweenBlocks(stack: StackSpec): readonly string[] {
  return [blockInput(stack, 0), ...stack.layers.map((_, layer) => blockOutput(stack, layer))];
}

function tensorAt(trace: Pick<Trace, "sites">, site: string): Tensor | undefined {
  return trace.sites[site as keyof Trace["sites"]];
}
