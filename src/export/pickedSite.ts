import { first, type Tensor } from "../engine/tensor";
import type { Token, Trace } from "../engine/trace";
import { headsOf, headTensorAt, placeOf, siteName, tensorAt, tokensAlong, type Where } from "../viz/siteView";

/** A site of a trace to write to a file, and what its axes are about. */
export interface PickedSite {
  /** Full name, as TransformerLens spells it. */
  readonly name: string;
  readonly modelId: string;
  readonly tensor: Tensor;
  /** The head that was picked, or null where all are there or the site has none. */
  readonly head: number | null;
  /** Tokens along each axis of the tensor; null for an axis that is no position. */
  readonly tokens: readonly (readonly Token[] | null)[];
}

const POSITIONS = ["pos", "query_pos", "key_pos"];

/**
 * A site as a reader picks it: one head of it where `oneHead` or where a long trace holds no more, else all. Head comes first as everywhere here;
 * `lensOrder` moves it behind the position in q, k, v, z and result, as TransformerLens has them: [pos, head, …].
 * Null where the trace does not hold the site.
 */
export function pickSite(
  trace: Trace,
  looked: Where,
  part: string,
  { oneHead, lensOrder }: { readonly oneHead: boolean; readonly lensOrder: boolean },
): PickedSite | null {
  const where = placeOf(looked, part);
  const whole = headTensorAt(trace, where, part);
  if (whole === null) return null;
  const held = tensorAt(trace, where, part) === null ? trace.heads?.[siteName(where, part)] : undefined;
  const heads = whole.axes[0] === "head" || whole.axes[0] === "kv_head" ? (whole.shape[0] ?? 1) : null;
  const count = held?.length ?? (oneHead ? heads : null);
  const head = count === null ? null : Math.floor((where.head * count) / headsOf(trace, where));
  const tensor =
    held !== undefined ? whole : head !== null ? first(whole, head) : lensOrder ? inLensOrder(whole) : whole;
  const tokens = tensor.axes.map((axis) =>
    POSITIONS.includes(axis) ? tokensAlong(axis, trace, where) : null,
  );
  return { name: siteName(where, part), modelId: trace.modelId, tensor, head, tokens };
}

/** [head, pos, d] → [pos, head, d]; scores and patterns, which TransformerLens has head first too, stay as they are. */
function inLensOrder(tensor: Tensor): Tensor {
  const [outer = "one", inner = "one", last = "one"] = tensor.axes;
  if (tensor.axes.length !== 3 || !/^d_/.test(last)) return tensor;
  const [heads = 1, positions = 1, width = 1] = tensor.shape;
  const data = new Float32Array(tensor.data.length);
  for (let head = 0; head < heads; head++) {
    for (let position = 0; position < positions; position++) {
      const from = (head * positions + position) * width;
      data.set(tensor.data.subarray(from, from + width), (position * heads + head) * width);
    }
  }
  return { data, shape: [positions, heads, width], axes: [inner, outer, last] }; // [pos, head, d]
}
