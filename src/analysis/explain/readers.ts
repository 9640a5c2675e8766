import { stackPrefix } from "../../engine/sites";
import type { ModelSpec, NormSpec, StackSpec } from "../../engine/spec";
import { type SiteReference, slice } from "./expression";
import { blockInput, blockOutput, lastOutput, memoryOf, stackOutput, sublayers } from "./wiring";

/** The cells of a norm's stages that read the cell [pos, d] of what is normalised. `name` ends in a dot. */
export function normReaders(name: string, norm: NormSpec, pos: number, d: number): readonly SiteReference[] {
  return [
    ...(norm.kind === "layer" ? [slice(`${name}step_mean`, pos, 0)] : []),
    slice(`${name}hook_scale`, pos, 0),
    slice(`${name}hook_normalized`, pos, d),
  ];
}

/** The cells that a cell of a stack's embedding sum, or of its norm, goes into. */
export function fullEmbedReaders(
  { name, embed }: StackSpec,
  pos: number,
  d: number,
): readonly SiteReference[] {
  const mixed = embed.kind === "tokens" && embed.projection;
  return [slice(`${stackPrefix(name)}hook_full_embed`, pos, mixed ? null : d)];
}

/** A cell of a site whose axes are [pos, d_model]. */
export interface StreamCell {
  readonly site: string;
  readonly pos: number;
  readonly d: number;
}

/**
 * Every cell made from a cell of the residual stream (or of a norm of it): the way through all blocks, cross-attention
 * and the heads on top. `last` is the last position that is not padding: a model that classifies there reads no other;
 * without it, every position is listed.
 */
export function streamReaders(spec: ModelSpec, cell: StreamCell, last?: number): readonly SiteReference[] {
  const { site, pos, d } = cell;
  const readers = spec.stacks.flatMap((stack) => [
    ...stack.layers.flatMap((_, layer) => blockReaders(spec, stack, layer, cell)),
    ...(stack.finalNorm !== null && lastOutput(stack) === site
      ? normReaders(`${stackPrefix(stack.name)}ln_final.`, stack.finalNorm, pos, d)
      : []),
  ]);
  const top = spec.stacks.at(-1);
  const read = top !== undefined && stackOutput(top) === site;
  return once(read ? [...readers, ...headReaders(spec, pos, last)] : readers);
}

function blockReaders(
  spec: ModelSpec,
  stack: StackSpec,
  layer: number,
  { site, pos, d }: StreamCell,
): readonly SiteReference[] {
  const name = `${stack.name}.${layer}.`;
  const block = stack.layers[layer];
  if (block === undefined) return [];
  const parts = sublayers(stack, layer);
  const output = blockOutput(stack, layer);
  const endsInNorm = output.endsWith("hook_normalized_resid_post");
  return [
    ...(blockInput(stack, layer) === site ? [slice(`${name}hook_resid_pre`, pos, d)] : []),
    ...parts.flatMap((part) => [
      ...(part.skip === site ? [slice(part.sum, pos, d)] : []),
      ...(part.norm !== null && part.normReads === site && block.norm !== null
        ? normReaders(`${name}${part.norm}.`, block.norm, pos, d)
        : []),
      ...(part.reads === site ? sublayerReaders(name, part.kind, block.mlp.gated, pos) : []),
      ...(part.kind === "cross_attn" && memoryOf(spec) === site
        ? keyValueReaders(`${name}cross_attn.`, pos)
        : []),
    ]),
    ...(endsInNorm && `${name}${parts.at(-1)?.norm}.hook_out` === site ? [slice(output, pos, d)] : []),
  ];
}

function sublayerReaders(
  name: string,
  kind: "attn" | "cross_attn" | "mlp",
  gated: boolean,
  pos: number,
): readonly SiteReference[] {
  if (kind === "attn") {
    return [slice(`${name}attn.hook_q`, null, pos, null), ...keyValueReaders(`${name}attn.`, pos)];
  }
  if (kind === "cross_attn") return [slice(`${name}cross_attn.hook_q`, null, pos, null)];
  const pre = slice(`${name}mlp.hook_pre`, pos, null);
  return gated ? [pre, slice(`${name}mlp.hook_pre_linear`, pos, null)] : [pre];
}

function keyValueReaders(name: string, pos: number): readonly SiteReference[] {
  return [slice(`${name}hook_k`, null, pos, null), slice(`${name}hook_v`, null, pos, null)];
}

function headReaders(spec: ModelSpec, pos: number, last?: number): readonly SiteReference[] {
  return spec.heads.flatMap((head) => {
    if (head.kind === "token") return [slice("logits", pos, null)];
    if (head.kind === "lm")
      return [slice(head.transform === null ? "logits" : "mlm_head.step_dense", pos, null)];
    const pooled = head.pool === "first" ? pos === 0 : last === undefined || pos === last;
    if (!pooled) return [];
    return [head.hidden === null ? slice(head.site, 0, null) : slice("pooler.step_dense", 0, null)];
  });
}

/** Each reference once: in parallel blocks the stream reaches the sum by two sublayers and one skip. */
function once(references: readonly SiteReference[]): readonly SiteReference[] {
  return [...new Map(references.map((each) => [JSON.stringify(each), each])).values()];
}
