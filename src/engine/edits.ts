import { EditError } from "./errors";
import { createRng } from "./rng";
import type { AttentionPlace } from "./sites";
import { type Axis, sizeOf, type Tensor } from "./tensor";

/** Which cells of a site an edit touches: all those with the given indices. `query` also selects plain positions. */
export interface Where {
  readonly head?: number;
  readonly query?: number;
  readonly key?: number;
  readonly dim?: number;
}

type At = { readonly site: string; readonly at?: Where };

/** A change of one site, applied where the site is recorded. Plain data: it can be stored, sent and put in a link. */
export type SiteEdit = At &
  (
    | { readonly kind: "zero" }
    /** Each cell becomes the mean over the positions of this run, per head and dimension. */
    | { readonly kind: "mean" }
    | { readonly kind: "set"; readonly value: number }
    | { readonly kind: "scale"; readonly factor: number }
    | { readonly kind: "add"; readonly value: number }
    /** Adds sigma · standard normal numbers, drawn in row-major order from the seed. */
    | { readonly kind: "noise"; readonly sigma: number; readonly seed: number }
    /** The selected cells, in row-major order, get these values (of another run, say). */
    | { readonly kind: "patch"; readonly values: Float32Array }
    /** Pattern cells become 0; with `renormalise` the touched rows then sum to 1 again. */
    | { readonly kind: "cut"; readonly renormalise: boolean }
  );

/** Removes a part of a block (`blocks.0`): one head's mix of values, an attention's output, the MLP's output. */
export type Ablation =
  | {
      readonly kind: "ablate";
      readonly block: string;
      readonly part: AttentionPlace;
      /** Without it the whole attention. */
      readonly head?: number;
    }
  | { readonly kind: "ablate"; readonly block: string; readonly part: "mlp" };

export type Edit = SiteEdit | Ablation;

const OUTPUT_OF = {
  attn: "hook_attn_out",
  cross_attn: "hook_cross_attn_out",
  mlp: "hook_mlp_out",
} as const;

/** The values of the cells of a site that an edit with this `at` touches, in row-major order: what a patch holds. */
export function valuesAt(tensor: Tensor, site: string, at: Where = {}): Float32Array {
  const cells = selectedCells(tensor, { kind: "zero", site, at });
  return Float32Array.from(cells, (cell) => tensor.data[cell]);
}

/** The edits as changes of sites: an ablated head is a zero at hook_z, an ablated part a zero at its output. */
export function siteEdits(edits: readonly Edit[]): readonly SiteEdit[] {
  return edits.map((edit) => {
    if (edit.kind !== "ablate") return edit;
    if (edit.part !== "mlp" && edit.head !== undefined) {
      return { kind: "zero", site: `${edit.block}.${edit.part}.hook_z`, at: { head: edit.head } };
    }
    return { kind: "zero", site: `${edit.block}.${OUTPUT_OF[edit.part]}` };
  });
}

const AXIS_OF: Readonly<Record<Axis, keyof Where | null>> = {
  head: "head",
  kv_head: "head",
  pos: "query",
  query_pos: "query",
  key_pos: "key",
  d_model: "dim",
  d_embed: "dim",
  d_head: "dim",
  d_mlp: "dim",
  d_vocab: "dim",
  label: "dim",
  one: null,
};

/**
 * Applies edits of one site to its values, in order and in place. Throws EditError for cells that do not exist and for
 * values that are not numbers.
 */
export function applyEdits(tensor: Tensor, edits: readonly SiteEdit[]): void {
  for (const edit of edits) {
    const cells = selectedCells(tensor, edit);
    if (edit.kind === "mean") setMeans(tensor, cells);
    else if (edit.kind === "cut") cutCells(tensor, cells, edit.renormalise);
    else {
      const change = changeOf(edit, cells.length);
      cells.forEach((cell, n) => {
        tensor.data[cell] = change(tensor.data[cell], n);
      });
    }
  }
}

/** The new value of a selected cell from its old one and its number among the selected cells. */
function changeOf(
  edit: Exclude<SiteEdit, { kind: "mean" | "cut" }>,
  count: number,
): (value: number, n: number) => number {
  switch (edit.kind) {
    case "zero":
      return () => 0;
    case "set": {
      const to = checked(edit, edit.value);
      return () => to;
    }
    case "scale": {
      const factor = checked(edit, edit.factor);
      return (value) => value * factor;
    }
    case "add": {
      const term = checked(edit, edit.value);
      return (value) => value + term;
    }
    case "noise": {
      const sigma = checked(edit, edit.sigma);
      const rng = createRng(edit.seed);
      return (value) => value + sigma * rng.normal();
    }
    case "patch": {
      const { values } = edit;
      if (values.length !== count) fail(edit, "count", `${values.length} values for ${count} cells`);
      return (_, n) => values[n];
    }
    default:
      return edit satisfies never;
  }
}

function fail(
  edit: SiteEdit,
  why: "notFinite" | "noAxis" | "outside" | "count",
  what: string,
  range = "",
): never {
  throw new EditError({ site: edit.site, why, what, range });
}

/** An edit's number: finite, or −∞ where a score is masked. */
function checked(edit: SiteEdit, value: number): number {
  const masks = edit.kind === "set" && edit.site.endsWith("hook_attn_scores") && value === -Infinity;
  return Number.isFinite(value) || masks ? value : fail(edit, "notFinite", String(value));
}

/** Flat offsets of the cells that an edit selects, in row-major order. */
function selectedCells({ shape, axes }: Tensor, edit: SiteEdit): Uint32Array {
  const at = edit.at ?? {};
  const roles = axes.map((axis) => AXIS_OF[axis]);
  for (const key of Object.keys(at)) {
    if (!roles.some((role) => role === key)) fail(edit, "noAxis", key);
  }
  let cells = Uint32Array.of(0);
  roles.forEach((role, axis) => {
    const length = shape[axis];
    const fixed = role === null ? undefined : at[role];
    if (fixed !== undefined && !(Number.isInteger(fixed) && fixed >= 0 && fixed < length)) {
      fail(edit, "outside", `${role} ${fixed}`, `0…${length - 1}`);
    }
    const count = fixed === undefined ? length : 1;
    const next = new Uint32Array(cells.length * count);
    for (let n = 0; n < next.length; n++) {
      next[n] = cells[Math.floor(n / count)] * length + (fixed ?? n % count);
    }
    cells = next;
  });
  return cells;
}

/** Each selected cell becomes the mean over the position axis, all other indices kept. */
function setMeans({ data, shape, axes }: Tensor, cells: Uint32Array): void {
  const own = axes.findIndex((axis) => axis === "pos" || axis === "query_pos");
  const axis = own >= 0 ? own : axes.indexOf("key_pos");
  if (axis < 0) return;
  const stride = sizeOf(shape.slice(axis + 1));
  const length = shape[axis];
  const before = data.slice();
  for (const cell of cells) {
    const start = cell - (Math.floor(cell / stride) % length) * stride;
    let sum = 0;
    for (let n = 0; n < length; n++) sum += before[start + n * stride];
    data[cell] = sum / length;
  }
}

/** Selected cells become 0; rows (the last axis) that lost one are divided by what is left of them. */
function cutCells({ data, shape }: Tensor, cells: Uint32Array, renormalise: boolean): void {
  const length = shape[shape.length - 1];
  for (const cell of cells) data[cell] = 0;
  if (!renormalise) return;
  for (const row of new Set(cells.map((cell) => Math.floor(cell / length)))) {
    const values = data.subarray(row * length, (row + 1) * length);
    const sum = values.reduce((total, value) => total + value, 0);
    if (sum > 0)
      values.forEach((value, j) => {
        values[j] = value / sum;
      });
  }
}
