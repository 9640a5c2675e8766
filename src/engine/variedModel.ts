import type { Buf, Kernels, Matrix } from "./kernels/kernels";
import { type PreparedModel, partsOf, type Table } from "./prepare";
import { createRng } from "./rng";
import type { Changed, ModelSpec } from "./spec";
import { sizeOf } from "./tensor";
import { type WeightNeed, weightNames } from "./weights";

type Drawn = Changed["random"];

/** Models of one loaded model's weights under other architectures. Nothing is packed twice while it is in use. */
export interface Variations {
  /** The model under the changed spec: its own weights where they fit, seeded random ones elsewhere. */
  of(spec: ModelSpec): PreparedModel;
  /** A model of `of` is not run any more: what was packed for it alone may make room for others. */
  drop(model: PreparedModel): void;
}

/** The most entries of tensors that no model uses but that are still held for the next (8 MB). */
const MOST_SPARE = 2 ** 21;

type Made = readonly Matrix[] | Table | Buf;

/** A tensor that was made for variations. */
interface Shelved {
  readonly made: Made;
  readonly entries: number;
  users: number;
}

/** Variations of a prepared model. What was packed for one is kept for the next, the tensors used last the longest. */
export function createVariations(base: PreparedModel): Variations {
  const own = new Map(weightNames(base.spec).map((need) => [need.name, need]));
  // In the order of their last use.
  const shelf = new Map<string, Shelved>();
  const uses = new Map<PreparedModel, readonly string[]>();
  const { kernels } = base;
  // No more than the model itself has.
  const enough = Math.min(
    MOST_SPARE,
    [...own.values()].reduce((sum, { shape }) => sum + sizeOf(shape), 0),
  );

  const take = <M extends Made>(key: string, need: WeightNeed, make: () => M): M => {
    const known = shelf.get(key) ?? { made: make(), entries: sizeOf(need.shape), users: 0 };
    known.users += 1;
    shelf.delete(key);
    shelf.set(key, known);
    return known.made as M;
  };
  const tidy = () => {
    const idle = [...shelf].filter(([, { users }]) => users === 0);
    let spare = idle.reduce((sum, [, { entries }]) => sum + entries, 0);
    for (const [key, { made, entries }] of idle) {
      if (spare <= enough) return;
      spare -= entries;
      shelf.delete(key);
      for (const each of Array.isArray(made) ? made : [made]) if (!("row" in each)) kernels.free(each);
    }
  };

  return {
    of(spec) {
      if (spec === base.spec) return base;
      const drawn: Drawn = spec.changed?.random ?? { init: "normal", seed: 1, all: false };
      const used: string[] = [];
      const model = { matrices: new Map(), tables: new Map(), vectors: new Map() } as {
        readonly matrices: Map<string, readonly Matrix[]>;
        readonly tables: Map<string, Table>;
        readonly vectors: Map<string, Buf>;
      };
      for (const need of weightNames(spec)) {
        const { name, shape, parts, kind, optional } = need;
        const before = own.get(name);
        const has = base.matrices.has(name) || base.tables.has(name) || base.vectors.has(name);
        if (optional && !has) continue;
        const isOwn = before?.shape.join() === shape.join() && !drawn.all;
        const key = `${name} ${shape.join()} ${parts} ${isOwn ? "" : `${drawn.init} ${drawn.seed}`}`;
        const values = () => drawWeights(need, drawn);
        const kept = <M extends Made>(make: () => M): M => {
          used.push(key);
          return take(key, need, make);
        };
        if (kind === "matrix") {
          const make = () =>
            isOwn ? repacked(kernels, partsOf(base, name), need) : packRows(kernels, values(), need);
          const asIs = isOwn && before.parts === parts;
          model.matrices.set(name, asIs ? partsOf(base, name) : kept(make));
        } else if (kind === "table") {
          const table = base.tables.get(name);
          model.tables.set(name, isOwn && table !== undefined ? table : kept(() => tableOf(values(), need)));
        } else {
          const vector = base.vectors.get(name);
          model.vectors.set(
            name,
            isOwn && vector !== undefined ? vector : kept(() => kernels.keep(values())),
          );
        }
      }
      const made: PreparedModel = { spec, kernels, ...model };
      uses.set(made, used);
      return made;
    },
    drop(model) {
      for (const key of uses.get(model) ?? []) {
        const shelved = shelf.get(key);
        if (shelved !== undefined) shelved.users -= 1;
      }
      uses.delete(model);
      tidy();
    },
  };
}

/** The same rows in other groups: heads merged or split. */
function repacked(kernels: Kernels, parts: readonly Matrix[], need: WeightNeed): readonly Matrix[] {
  const [inDim, outDim] = need.shape;
  const values = new Float32Array(inDim * outDim);
  let row = 0;
  for (const part of parts) {
    for (let o = 0; o < outDim; o++) {
      const column = kernels.column(part, o);
      for (let i = 0; i < part.inDim; i++) values[(row + i) * outDim + o] = column[i];
    }
    row += part.inDim;
  }
  return packRows(kernels, values, need);
}

/** [in, out] as `parts` equal groups of rows. */
function packRows(kernels: Kernels, values: Float32Array, { shape, parts }: WeightNeed): readonly Matrix[] {
  const rows = shape[0] / parts;
  return Array.from({ length: parts }, (_, part) =>
    kernels.pack(
      values.subarray(part * rows * shape[1], (part + 1) * rows * shape[1]),
      rows,
      shape[1],
      "in_out",
    ),
  );
}

function tableOf(values: Float32Array, { shape: [rows, width] }: WeightNeed): Table {
  return { rows, width, row: (index) => values.subarray(index * width, (index + 1) * width) };
}

/**
 * Seeded weights of one tensor, the same whatever else is drawn: gains are 1 and offsets 0; tables, and matrices with
 * "normal", N(0, 0.02²) (Radford et al. 2019); matrices with "xavier" uniform in ±√(6/(in + out)) (Glorot and Bengio 2010).
 */
export function drawWeights({ name, shape, kind, parts }: WeightNeed, { init, seed }: Drawn): Float32Array {
  const length = sizeOf(shape);
  if (kind === "vector") return new Float32Array(length).fill(/(\.w|\.gamma_[qk])$/.test(name) ? 1 : 0);
  const rng = createRng(hashOf(name, seed));
  if (kind === "table" || init === "normal") return Float32Array.from({ length }, () => 0.02 * rng.normal());
  const isOut = name.endsWith("W_O");
  const bound = Math.sqrt(6 / (shape[0] / (isOut ? 1 : parts) + shape[1]));
  return Float32Array.from({ length }, () => bound * (2 * rng.uniform() - 1));
}

/** FNV-1a of a name, mixed with a seed. */
function hashOf(name: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash | 0;
}
