import type { AttentionPlace } from "../../engine/sites";
import type { ModelSpec, StackName } from "../../engine/spec";
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

/** One head whose pattern the trace holds. */
export interface DrawnHead {
  readonly id: string;
  readonly layer: number;
  readonly head: number;
}

/** The heads of one layer, or of all layers where `layer` is null. */
export function headsOf(
  trace: Trace,
  { stack, attention }: AttentionKind,
  layer: number | null,
): readonly DrawnHead[] {
  const layers = trace.spec.stacks.find((each) => each.name === stack)?.layers ?? [];
  return layers.flatMap((_, at) => {
    if (layer !== null && layer !== at) return [];
    const heads = trace.sites[`${stack}.${at}.${attention}.hook_pattern`]?.shape[0] ?? 0;
    return Array.from({ length: heads }, (_, head) => ({
      id: `${stack}.${at}.${attention}.${head}`,
      layer: at,
      head,
    }));
  });
}
