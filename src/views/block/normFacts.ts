import { type Sublayer, sublayers } from "../../analysis/explain/wiring";
import { row } from "../../analysis/matrix";
import { type NormPlace, stackPrefix } from "../../engine/sites";
import type { NormSpec, StackSpec } from "../../engine/spec";
import type { Trace } from "../../engine/trace";

/** One normalisation of one token's vector. Vectors are [d_model]. */
export interface NormFacts {
  readonly place: NormPlace | "ln_final";
  /** What it stands before or after. */
  readonly beside: Sublayer["kind"] | "end";
  readonly spec: NormSpec;
  /** null where it does not subtract one (RMS). */
  readonly mean: number | null;
  /** √(variance + ε), or √(mean square + ε). */
  readonly scale: number;
  /** What it reads, that centred and scaled, and that times γ plus β. */
  readonly before: Float32Array;
  readonly normalised: Float32Array;
  readonly after: Float32Array;
  /** Canonical names of γ and β. */
  readonly weights: { readonly w: string; readonly b: string };
}

/** The normalisations that one token passes in a block, and after the last block the final one. */
export function normFacts(
  trace: Trace,
  stack: StackSpec,
  layer: number,
  position: number,
): readonly NormFacts[] {
  const block = stack.layers[layer];
  if (block === undefined) return [];
  const facts = (place: NormFacts["place"], beside: NormFacts["beside"], spec: NormSpec, reads: string) => {
    const isFinal = place === "ln_final";
    const name = isFinal ? `${stackPrefix(stack.name)}ln_final` : `${stack.name}.${layer}.${place}`;
    const vector = (site: string) => {
      const tensor = trace.sites[site as keyof Trace["sites"]];
      return tensor === undefined ? null : row(tensor, position);
    };
    const before = vector(reads);
    const normalised = vector(`${name}.hook_normalized`);
    const after = vector(`${name}.hook_out`);
    const scale = vector(`${name}.hook_scale`)?.[0];
    if (before === null || normalised === null || after === null || scale === undefined) return [];
    const weights = isFinal ? name : `${stack.name}.${block.weightsOf}.${place}`;
    return [
      {
        place,
        beside,
        spec,
        mean: vector(`${name}.step_mean`)?.[0] ?? null,
        scale,
        before,
        normalised,
        after,
        weights: { w: `${weights}.w`, b: `${weights}.b` },
      },
    ];
  };
  const own = sublayers(stack, layer).flatMap(({ kind, norm, normReads }) =>
    norm === null || block.norm === null ? [] : facts(norm, kind, block.norm, normReads),
  );
  const isLast = layer === stack.layers.length - 1;
  const leaves =
    block.place === "post" && block.norm !== null ? "hook_normalized_resid_post" : "hook_resid_post";
  const final =
    isLast && stack.finalNorm !== null
      ? facts("ln_final", "end", stack.finalNorm, `${stack.name}.${layer}.${leaves}`)
      : [];
  return [...own, ...final];
}
