import { MissingWeightError, NonFiniteWeightError, WeightShapeError } from "./errors";
import type { Buf, Kernels, Matrix } from "./kernels/kernels";
import type { ModelSpec } from "./spec";
import { notFiniteIn, sizeOf } from "./tensor";
import { type WeightNeed, type WeightSource, type WeightTensor, weightNames } from "./weights";

/** A table that is read row by row: embeddings, positions, relative biases. */
export interface Table {
  readonly rows: number;
  readonly width: number;
  row(index: number): Float32Array;
}

/** A model ready to run: its spec, a backend, and every tensor in that backend's own form, by canonical name. */
export interface PreparedModel {
  readonly spec: ModelSpec;
  readonly kernels: Kernels;
  /** Groups of rows of each matrix, in order: one, or one per head (W_O). */
  readonly matrices: ReadonlyMap<string, readonly Matrix[]>;
  readonly tables: ReadonlyMap<string, Table>;
  readonly vectors: ReadonlyMap<string, Buf>;
}

/** Said before a tensor is read, so that a loader may fetch it first, show progress, or stop. */
export interface PrepareStep {
  readonly name: string;
  /** Entries (not bytes) packed so far, and in all. */
  readonly done: number;
  readonly total: number;
}

/**
 * Packs every weight of a spec, one tensor at a time. Throws MissingWeightError, WeightShapeError or
 * NonFiniteWeightError at the first tensor that does not fit.
 */
export function prepare(spec: ModelSpec, source: WeightSource, kernels: Kernels): PreparedModel {
  const steps = prepareSteps(spec, source, kernels);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** `prepare`, pausing before each tensor: drive it with next(), and drop it to cancel. */
export function* prepareSteps(
  spec: ModelSpec,
  source: WeightSource,
  kernels: Kernels,
): Generator<PrepareStep, PreparedModel> {
  const matrices = new Map<string, readonly Matrix[]>();
  const tables = new Map<string, Table>();
  const vectors = new Map<string, Buf>();
  const groups = byStorage(
    weightNames(spec).filter((need) => source.has(need.name) || !need.optional),
    source,
  );
  const total = groups.reduce((sum, [need]) => sum + sizeOf(need.shape), 0);
  let done = 0;
  for (const group of groups) {
    const reader = group.find((need) => need.kind === "matrix") ?? group[0];
    yield { name: reader.name, done, total };
    const tensor = readChecked(reader, source);
    const packed = reader.kind === "matrix" ? packParts(reader, tensor, kernels) : null;
    const table = group.some((need) => need.kind === "table")
      ? tableOf(reader, tensor, packed, kernels)
      : null;
    for (const need of group) {
      checkShape(need, source);
      if (need.kind === "matrix" && packed !== null) matrices.set(need.name, packed);
      if (need.kind === "table" && table !== null) tables.set(need.name, table);
      if (need.kind === "vector") vectors.set(need.name, kernels.keep(tensor.values));
    }
    done += sizeOf(reader.shape);
  }
  return { spec, kernels, matrices, tables, vectors };
}

/** Needs that share one stored tensor, together. */
function byStorage(needs: readonly WeightNeed[], source: WeightSource): [WeightNeed, ...WeightNeed[]][] {
  const groups = new Map<string, [WeightNeed, ...WeightNeed[]]>();
  for (const need of needs) {
    const storage = source.alias(need.name) ?? need.name;
    const group = groups.get(storage);
    if (group === undefined) groups.set(storage, [need]);
    else group.push(need);
  }
  return [...groups.values()];
}

function checkShape(need: WeightNeed, source: WeightSource): void {
  const shape = source.shape(need.name);
  const expected = need.shape.join(", ");
  if (shape === null) throw new MissingWeightError({ name: need.name, shape: expected });
  const got = shape.join(", ");
  if (got !== expected) throw new WeightShapeError({ name: need.name, expected, got });
}

function readChecked(need: WeightNeed, source: WeightSource): WeightTensor {
  checkShape(need, source);
  const tensor = source.read(need.name);
  const index = notFiniteIn(tensor.values);
  if (index !== null) {
    throw new NonFiniteWeightError({ name: need.name, index, value: String(tensor.values[index]) });
  }
  return tensor;
}

/** Packs a matrix [in, out] as `parts` matrices [in/parts, out]: consecutive groups of rows. */
function packParts(need: WeightNeed, tensor: WeightTensor, kernels: Kernels): readonly Matrix[] {
  const [inDim, outDim] = need.shape;
  const rows = inDim / need.parts;
  return Array.from({ length: need.parts }, (_, part) => {
    const values =
      tensor.layout === "in_out"
        ? tensor.values.subarray(part * rows * outDim, (part + 1) * rows * outDim)
        : columnsOf(tensor.values, inDim, part * rows, rows);
    return kernels.pack(values, rows, outDim, tensor.layout);
  });
}

/** Columns start … start + count − 1 of a matrix whose rows have `width` entries. */
function columnsOf(values: Float32Array, width: number, start: number, count: number): Float32Array {
  if (count === width) return values;
  const height = values.length / width;
  const columns = new Float32Array(height * count);
  for (let r = 0; r < height; r++) {
    columns.set(values.subarray(r * width + start, r * width + start + count), r * count);
  }
  return columns;
}

/** A table [rows, width]; one that is tied to an output matrix [width, rows] reads that matrix's columns. */
function tableOf(
  reader: WeightNeed,
  tensor: WeightTensor,
  packed: readonly Matrix[] | null,
  kernels: Kernels,
): Table {
  if (packed !== null) {
    const [width, rows] = reader.shape;
    return { rows, width, row: (index) => kernels.column(packed[0], index) };
  }
  const [rows, width] = reader.shape;
  const values = tensor.values.slice();
  return { rows, width, row: (index) => values.subarray(index * width, (index + 1) * width) };
}

/** The one matrix of that name. Throws MissingWeightError. */
export function matrixOf(model: PreparedModel, name: string): Matrix {
  return partsOf(model, name)[0];
}

/** The matrices that a name is packed in: one per head for W_O. Throws MissingWeightError. */
export function partsOf(model: PreparedModel, name: string): readonly Matrix[] {
  const matrices = model.matrices.get(name);
  if (matrices === undefined) throw new MissingWeightError({ name, shape: "in, out" });
  return matrices;
}

/** A bias or gain, or null when the model has none of that name. */
export function vectorOf(model: PreparedModel, name: string): Buf | null {
  return model.vectors.get(name) ?? null;
}

/** A table read row by row. Throws MissingWeightError. */
export function tableNamed(model: PreparedModel, name: string): Table {
  const table = model.tables.get(name);
  if (table === undefined) throw new MissingWeightError({ name, shape: "rows, width" });
  return table;
}

/** Column `out` of a weight matrix [in, out], the numbers that one output was computed with. [in] */
export function weightColumn(model: PreparedModel, name: string, out: number): Float32Array {
  const columns = partsOf(model, name).map((part) => model.kernels.column(part, out));
  const joined = new Float32Array(columns.reduce((sum, column) => sum + column.length, 0));
  columns.reduce((start, column) => {
    joined.set(column, start);
    return start + column.length;
  }, 0);
  return joined;
}

/** Row `index` of an embedding, position or relative-bias table, as a copy. [width] */
export function weightRow(model: PreparedModel, name: string, index: number): Float32Array {
  return tableNamed(model, name).row(index).slice();
}

/** A bias or gain as a copy, or null when the model has none of that name. */
export function weightVector(model: PreparedModel, name: string): Float32Array | null {
  return vectorOf(model, name)?.data.slice() ?? null;
}
