import type { StackSpec } from "../engine/spec";
import type { Trace } from "../engine/trace";
import { log2Softmax, topOutcomes } from "./distribution";
import { row } from "./matrix";
import { betweenBlocks } from "./residual";

/** What the model would say if it stopped between two blocks. */
export interface LensLayer {
  /** The site of the stream that was read. */
  readonly site: string;
  readonly top: readonly { readonly id: number; readonly probability: number }[];
  /** Probability and rank (from 1) of the token asked for, or null if none was. */
  readonly target: { readonly probability: number; readonly rank: number } | null;
}

export interface LensOptions {
  readonly position: number;
  /** How many of the likeliest tokens to keep. */
  readonly count: number;
  readonly target: number | null;
}

/**
 * Logit lens (nostalgebraist 2020): the stream after each block, read as if it were the last. `readOut` applies the final
 * norm and W_U to one state [d_model] → logits [d_vocab]. Equation 57 of docs/maths.md.
 */
export function logitLens(
  trace: Pick<Trace, "sites">,
  stack: StackSpec,
  readOut: (state: Float32Array) => Float32Array,
  { position, count, target }: LensOptions,
): readonly LensLayer[] {
  return betweenBlocks(stack).flatMap((site) => {
    const stream = trace.sites[site as keyof Trace["sites"]];
    if (stream === undefined) return [];
    const logits = readOut(row(stream, position));
    return [
      { site, top: topOutcomes(logits, count), target: target === null ? null : standing(logits, target) },
    ];
  });
}

function standing(logits: Float32Array, id: number): { probability: number; rank: number } {
  const log2 = log2Softmax(logits);
  const own = log2[id] ?? -Infinity;
  return { probability: 2 ** own, rank: 1 + log2.filter((other) => other > own).length };
}
