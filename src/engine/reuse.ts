import type { StackSource } from "./input";
import { reusesPrefix } from "./masks";
import type { LogitRows } from "./output";
import type { PreparedModel } from "./prepare";
import type { Place } from "./slab";
import type { ModelSpec } from "./spec";
import type { StackRun } from "./stack";
import { sizeOf, type Tensor } from "./tensor";
import type { Capture } from "./trace";

/**
 * What a run leaves for the next one: its inputs and its sites, keys and values among them. Immutable, so that the
 * branches of a search can share one.
 */
export interface Kept {
  readonly model: PreparedModel;
  readonly sources: readonly StackSource[];
  readonly capture: Capture;
  readonly logits: LogitRows;
  readonly sites: ReadonlyMap<string, Tensor>;
}

/** Sites that a later run needs to go on from a prefix, captured or not. */
export function neededLater(name: string): boolean {
  return /attn\.hook_(rot_)?[qkv]$/.test(name);
}

/**
 * How many positions of each stack can be taken from an earlier run: a causal stack reuses the common prefix of its
 * input, any other all or nothing. The last position is always computed.
 */
export function planRuns(
  kept: Kept | null,
  model: PreparedModel,
  sources: readonly StackSource[],
  capture: Capture,
  logits: LogitRows,
): readonly StackRun[] {
  const usable =
    kept !== null &&
    kept.model === model &&
    kept.logits === logits &&
    JSON.stringify(kept.capture) === JSON.stringify(capture) &&
    readsEveryPosition(model.spec);
  let wholeBefore = true;
  return sources.map((source, index) => {
    const earlier = usable && wholeBefore ? kept.sources[index] : null;
    const from = earlier === null ? 0 : reusable(earlier, source, index === sources.length - 1);
    wholeBefore = from === source.ids.length;
    return { source, from };
  });
}

/** Whether the heads work position by position, so that those of reused positions need not be computed again. */
function readsEveryPosition(spec: ModelSpec): boolean {
  return spec.heads.every((head) => head.kind !== "sequence");
}

function reusable(earlier: StackSource, source: StackSource, last: boolean): number {
  const length = source.ids.length;
  const same = commonPrefix(earlier, source);
  const causal = source.stack.layers.every(reusesPrefix);
  if (causal) return Math.min(same, last ? length - 1 : length);
  return !last && same === length && earlier.ids.length === length ? length : 0;
}

/** Positions at the start that read the same ids, types, padding and (for images) pixels. */
function commonPrefix(a: StackSource, b: StackSource): number {
  if (a.image.length !== b.image.length || a.image.some((pixel, n) => pixel !== b.image[n])) return 0;
  const length = Math.min(a.ids.length, b.ids.length);
  for (let n = 0; n < length; n++) {
    const same =
      a.ids[n] === b.ids[n] &&
      (a.typeIds?.[n] ?? 0) === (b.typeIds?.[n] ?? 0) &&
      (a.padding?.[n] ?? 1) === (b.padding?.[n] ?? 1);
    if (!same) return n;
  }
  return length;
}

/**
 * The whole site from its reused rows and the fresh ones. Old rows of a [query_pos, key_pos] site had fewer (or other)
 * later keys: those cells are hidden by the causal mask, so they hold what the mask leaves there.
 */
export function joinRows(
  name: string,
  earlier: Tensor | undefined,
  fresh: Tensor,
  runs: readonly StackRun[],
  place: Place,
): Tensor {
  const { axes } = fresh;
  const rowAxis = axes.findIndex((axis) => axis === "pos" || axis === "query_pos" || axis === "key_pos");
  const crossKeys = name.includes("cross_attn.") && axes[rowAxis] === "key_pos";
  const run = name.startsWith("encoder.") || crossKeys ? runs[0] : runs[runs.length - 1];
  const length = run.source.ids.length;
  const from = run.from;
  if (earlier === undefined || from === 0 || rowAxis < 0 || fresh.shape[rowAxis] !== length - from) {
    return fresh;
  }
  const shape = fresh.shape.map((size, axis) => (axis === rowAxis ? length : size));
  const outer = sizeOf(shape.slice(0, rowAxis));
  const inner = sizeOf(shape.slice(rowAxis + 1));
  const oldInner = sizeOf(earlier.shape.slice(rowAxis + 1));
  const data = place(sizeOf(shape));
  if (inner !== oldInner) data.fill(name.endsWith("hook_attn_scores") ? Number.NEGATIVE_INFINITY : 0);
  for (let o = 0; o < outer; o++) {
    const old = o * earlier.shape[rowAxis] * oldInner;
    if (inner === oldInner) {
      data.set(earlier.data.subarray(old, old + from * inner), o * length * inner);
    } else {
      const kept = Math.min(inner, oldInner);
      for (let row = 0; row < from; row++) {
        const start = old + row * oldInner;
        data.set(earlier.data.subarray(start, start + kept), (o * length + row) * inner);
      }
    }
    const rows = (length - from) * inner;
    data.set(fresh.data.subarray(o * rows, (o + 1) * rows), (o * length + from) * inner);
  }
  return { data, shape, axes };
}
