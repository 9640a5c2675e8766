import type { AttentionPlace, SiteName } from "../../engine/sites";
import type { ModelSpec, StackName } from "../../engine/spec";
import { first, type Tensor } from "../../engine/tensor";
import type { Trace } from "../../engine/trace";

/** One of the attentions that a model has: of a stack with itself, or with another stack's output. */
export interface AttentionKind {
  readonly stack: StackName;
  readonly attention: AttentionPlace;
}

/** The attentions of a model, in the order in which they run. */
export function attentionsOf(spec: ModelSpec): readonly AttentionKind[] {
  return spec.stacks.flatMap(({ name, layers }) => {
    const own: AttentionKind = { stack: name, attention: "attn" };
    return layers.some((block) => block.cross !== null)
      ? [own, { stack: name, attention: "cross_attn" }]
      : [own];
  });
}

/** One head of the model. */
export interface DrawnHead {
  readonly id: string;
  readonly layer: number;
  readonly head: number;
}

/** The heads of one layer, or of all layers where `layer` is null. */
export function headsOf(
  spec: ModelSpec,
  { stack, attention }: AttentionKind,
  layer: number | null,
): readonly DrawnHead[] {
  const layers = spec.stacks.find((each) => each.name === stack)?.layers ?? [];
  return layers.flatMap((block, at) => {
    if (layer !== null && layer !== at) return [];
    const heads = (attention === "cross_attn" ? block.cross : block.attn)?.nHeads ?? 0;
    return Array.from({ length: heads }, (_, head) => ({
      id: `${stack}.${at}.${attention}.${head}`,
      layer: at,
      head,
    }));
  });
}

/** The site of a head's pattern. */
export function patternOf(
  { stack, attention }: AttentionKind,
  { layer }: Pick<DrawnHead, "layer">,
): SiteName {
  return `${stack}.${layer}.${attention}.hook_pattern`;
}

/** The pattern of a head [query_pos, key_pos], or null while the trace does not hold it. */
export function heldPattern(trace: Trace, kind: AttentionKind, { layer, head }: DrawnHead): Tensor | null {
  const site = patternOf(kind, { layer });
  const whole = trace.sites[site];
  return whole === undefined ? (trace.heads?.[site]?.of[head] ?? null) : first(whole, head);
}
