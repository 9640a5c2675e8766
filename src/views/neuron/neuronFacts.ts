import { dotOf } from "../../analysis/matrix";
import type { AttentionPositions } from "../../engine/spec";
import type { Trace } from "../../engine/trace";
import type { Selection } from "../../store/selection";
import { headTensorAt, matrixAt, numberAt, rowOf } from "../../viz/siteView";

/** Everything that passes between one query and one key in one head. Vectors are [d_head]. */
export interface NeuronFacts {
  readonly q: Float32Array;
  readonly k: Float32Array;
  readonly v: Float32Array;
  /** Whether q and k were turned by their positions before they were compared. */
  readonly rotated: boolean;
  /** q × k, dimension by dimension, and their sum. */
  readonly products: Float32Array;
  readonly dot: number;
  /** What the sum is multiplied by: 1/√d_head, or 1. */
  readonly scale: number;
  readonly scaled: number;
  /** Added for the distance of the two, where the model does so. */
  readonly bias: number | null;
  /** −∞ where the mask hides the key; null where the trace does not hold it. */
  readonly score: number | null;
  /** The query's row of the pattern, and the share of this key in it. */
  readonly row: Float32Array;
  readonly attention: number;
  /** How many keys the query may see: those that the softmax is over. */
  readonly seen: number;
  /** attention × v, and the mix of all values, null where the trace does not hold it. */
  readonly weighted: Float32Array;
  readonly mixed: Float32Array | null;
  /** The query's scores for all keys, null where the trace does not hold them. */
  readonly scores: Float32Array | null;
}

/** The facts of the looked pair, or null where the trace does not hold q, k, v and the pattern. */
export function neuronFacts(trace: Trace, looked: Selection): NeuronFacts | null {
  const block = trace.spec.stacks.find((each) => each.name === looked.stack)?.layers[looked.layer];
  const spec = looked.attention === "cross_attn" ? block?.cross : block?.attn;
  const vector = (part: string, at: number) => {
    const tensor = headTensorAt(trace, looked, part);
    return tensor === null ? null : held(rowOf(matrixAt(tensor, trace, looked), at));
  };
  const value = (part: string) => {
    const tensor = headTensorAt(trace, looked, part);
    const found = tensor === null ? Number.NaN : numberAt(tensor, trace, looked);
    return Number.isNaN(found) ? null : found;
  };
  const { query, key } = looked;
  const rotatedQ = vector("attn.hook_rot_q", query);
  const rotatedK = vector("attn.hook_rot_k", key);
  const rotated = rotatedQ !== null && rotatedK !== null;
  const q = rotated ? rotatedQ : vector("attn.hook_q", query);
  const k = rotated ? rotatedK : vector("attn.hook_k", key);
  const v = vector("attn.hook_v", key);
  const row = vector("attn.hook_pattern", query);
  if (q === null || k === null || v === null || row === null || !spec) return null;
  const needsRotation = spec.positions.kind === "rotary";
  if (needsRotation && !rotated) return null;
  const dot = value("attn.step_dot") ?? dotOf(q, k);
  const attention = row[key] ?? 0;
  const scores = vector("attn.hook_attn_scores", query);
  return {
    q,
    k,
    v,
    rotated,
    products: q.map((entry, d) => entry * (k[d] ?? 0)),
    dot,
    scale: spec.scale,
    scaled: value("attn.step_scaled") ?? dot * spec.scale,
    bias: value("attn.step_bias"),
    score: value("attn.hook_attn_scores"),
    row,
    attention,
    seen: scores === null ? row.filter((share) => share > 0).length : scores.filter(Number.isFinite).length,
    weighted: v.map((entry) => attention * entry),
    mixed: vector("attn.hook_z", query),
    scores,
  };
}

/** The vector, or null while its head is still on its way. */
function held(vector: Float32Array): Float32Array | null {
  return Number.isNaN(vector[0] ?? Number.NaN) ? null : vector;
}

/** What the facts of a pair are read from, as sites of an attention. */
export const NEURON_SITES = [
  "attn.hook_q",
  "attn.hook_k",
  "attn.hook_v",
  "attn.hook_attn_scores",
  "attn.hook_pattern",
  "attn.hook_z",
] as const;

/** What they are read from besides, where positions act inside attention. */
export function positionSites({ kind }: AttentionPositions): readonly string[] {
  if (kind === "rotary") return ["attn.hook_rot_q", "attn.hook_rot_k"];
  return kind === "buckets" || kind === "alibi" ? ["attn.step_bias"] : [];
}
