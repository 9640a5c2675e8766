import type { AttentionPlace, SiteName } from "../engine/sites";
import type { StackName } from "../engine/spec";
import type { Axis, Tensor } from "../engine/tensor";
import type { Token, Trace } from "../engine/trace";
import type { Matrix } from "./heatmap";

/** Where a reader is in a model and its input; a selection is one. */
export interface Where {
  readonly stack: StackName;
  readonly attention: AttentionPlace;
  readonly layer: number;
  readonly head: number;
  readonly query: number;
  readonly key: number;
  /** The entry along an axis that is no position. */
  readonly dimension: number;
}

const OF_STACK = /^(?:hook_(?:pos_|token_type_|full_)?embed$|step_embed_sum$|embed\.ln\.|ln_final\.)/;
const OF_MODEL = /^(?:logits$|nsp_logits$|mlm_head\.|pooler\.)/;

/**
 * The full name of a site that is given without its stack and layer: "attn.hook_q" is "blocks.1.attn.hook_q" in layer 1.
 * "attn." stands for the attention that is looked at, so it becomes "cross_attn." there.
 */
export function siteName(where: Where, part: string): SiteName {
  if (OF_MODEL.test(part)) return part as SiteName;
  if (OF_STACK.test(part)) {
    return (where.stack === "blocks" ? part : `${where.stack}.${part}`) as SiteName;
  }
  const local = part.replace(/^attn\./, `${where.attention}.`);
  return `${where.stack}.${where.layer}.${local}` as SiteName;
}

/** The place of a site that names its attention itself: "cross_attn.hook_k" is of the cross-attention, whichever is looked at. */
export function placeOf(where: Where, part: string): Where {
  return part.startsWith("cross_attn.") ? { ...where, attention: "cross_attn" } : where;
}

/** The tensor of a site, or null where the trace does not hold it. */
export function tensorAt(trace: Trace, where: Where, part: string): Tensor | null {
  return trace.sites[siteName(where, part)] ?? null;
}

/** The tensor of a site as the looked head needs it: the whole, or of a long trace that head alone; else null. */
export function headTensorAt(trace: Trace, where: Where, part: string): Tensor | null {
  const whole = tensorAt(trace, where, part);
  const held = trace.heads?.[siteName(where, part)];
  if (whole !== null || held === undefined) return whole;
  return held.of[positionOn(held.axis, held.length, trace, where)] ?? null;
}

/** Where the reader is in a site, its head included though the tensor is of that head alone. */
export function siteIndexAt(tensor: Tensor, trace: Trace, where: Where, part: string): readonly number[] {
  const index = indexAt(tensor, trace, where);
  const held = trace.heads?.[siteName(where, part)];
  if (held === undefined || tensorAt(trace, where, part) !== null) return index;
  return [positionOn(held.axis, held.length, trace, where), ...index];
}

/** Where on each axis of a tensor the reader is. */
export function indexAt(tensor: Tensor, trace: Trace, where: Where): number[] {
  return tensor.axes.map((axis, place) => positionOn(axis, tensor.shape[place] ?? 1, trace, where));
}

/** The entry of an axis that belongs to a place; heads of keys and values are shared by as many query heads as there are. */
function positionOn(axis: Axis, length: number, trace: Trace, where: Where): number {
  switch (axis) {
    case "head":
      return where.head;
    case "kv_head":
      return Math.floor((where.head * length) / headsOf(trace, where));
    case "query_pos":
    case "pos":
      return Math.min(where.query, length - 1);
    case "key_pos":
      return where.key;
    case "one":
      return 0;
    default:
      return Math.min(where.dimension, length - 1);
  }
}

/** Query heads of the attention that is looked at. */
export function headsOf(trace: Trace, where: Where): number {
  const block = trace.spec.stacks.find((stack) => stack.name === where.stack)?.layers[where.layer];
  return (where.attention === "cross_attn" ? block?.cross : block?.attn)?.nHeads ?? 1;
}

/** The last two axes of a tensor as a matrix, with the looked head fixed (no copy). */
export function matrixAt(tensor: Tensor, trace: Trace, where: Where): Matrix {
  const [rows = 1, columns = 1] = tensor.shape.slice(-2);
  const leading = tensor.axes.length - 2;
  const head = leading > 0 ? (indexAt(tensor, trace, where)[0] ?? 0) : 0;
  return {
    data: tensor.data.subarray(head * rows * columns, (head + 1) * rows * columns),
    rows,
    columns,
  };
}

/** One number of a tensor: the one that the reader is at. */
export function numberAt(tensor: Tensor, trace: Trace, where: Where): number {
  const index = indexAt(tensor, trace, where);
  const offset = index.reduce((sum, entry, axis) => sum * (tensor.shape[axis] ?? 1) + entry, 0);
  return tensor.data[offset] ?? Number.NaN;
}

/** One row of a matrix (no copy). */
export function rowOf({ data, columns }: Matrix, row: number): Float32Array {
  return data.subarray(row * columns, (row + 1) * columns);
}

/** The tokens along an axis of positions. */
export function tokensAlong(axis: Axis, trace: Trace, where: Where): readonly Token[] {
  const isOwn = axis !== "key_pos" || where.attention === "attn";
  return where.stack === "decoder" && isOwn ? (trace.decoderTokens ?? []) : trace.tokens;
}
