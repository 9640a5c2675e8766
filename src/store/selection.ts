import type { AttentionPlace } from "../engine/sites";
import type { ModelSpec, StackName } from "../engine/spec";
import type { StageId } from "./stages";

/** What every view of one figure points at. Layers, heads and positions count from 0. */
export interface Selection {
  readonly stack: StackName;
  readonly attention: AttentionPlace;
  readonly layer: number;
  readonly head: number;
  readonly query: number;
  readonly key: number;
  readonly step: StageId;
  /** The site of this step that is open, without its stack and layer ("attn.hook_q"); null: the step's own. */
  readonly site: string | null;
  /** The entry along the last axis, where that is not a position. */
  readonly dimension: number;
}

export const FIRST_SELECTION: Selection = {
  stack: "blocks",
  attention: "attn",
  layer: 0,
  head: 0,
  query: 0,
  key: 0,
  step: "softmax",
  site: null,
  dimension: 0,
};

/** The parts of a trace that bound a selection. */
export interface Bounds {
  readonly spec: ModelSpec;
  /** Number of positions of the only or first stack. */
  readonly positions: number;
  /** Number of positions of the decoder, 0 without one. */
  readonly decoderPositions: number;
}

/** The nearest selection that exists in a model and its input: indices are clamped, a missing stack becomes the last one. */
export function clampSelection(selection: Selection, bounds: Bounds): Selection {
  const stacks = bounds.spec.stacks;
  const stack = stacks.find((each) => each.name === selection.stack) ?? stacks.at(-1);
  if (stack === undefined) return selection;
  const layer = clamp(selection.layer, stack.layers.length);
  const block = stack.layers[layer];
  const attention = block?.cross ? selection.attention : "attn";
  const heads = (attention === "cross_attn" ? block?.cross : block?.attn)?.nHeads ?? 1;
  const queries = stack.name === "decoder" ? bounds.decoderPositions : bounds.positions;
  const keys = attention === "cross_attn" ? bounds.positions : queries;
  return {
    stack: stack.name,
    attention,
    layer,
    head: clamp(selection.head, heads),
    query: clamp(selection.query, queries),
    key: clamp(selection.key, keys),
    step: selection.step,
    site: selection.site,
    dimension: selection.dimension,
  };
}

/** Those of the asked places that do not exist in a model and its input, as a link spells them: "layer=99". */
export function beyondBounds(asked: Partial<Selection>, bounds: Bounds): readonly string[] {
  const found = clampSelection({ ...FIRST_SELECTION, ...asked }, bounds);
  const places = ["layer", "head", "query", "key"] as const;
  return places.flatMap((place) => {
    const wanted = asked[place];
    return wanted === undefined || wanted === found[place] ? [] : [`${place}=${wanted}`];
  });
}

function clamp(index: number, length: number): number {
  if (!Number.isFinite(index)) return 0;
  return Math.max(0, Math.min(Math.trunc(index), length - 1));
}
