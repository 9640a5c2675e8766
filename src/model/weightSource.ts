import type { ModelSpec } from "../engine/spec";
import { notFiniteIn, sizeOf } from "../engine/tensor";
import { type WeightNeed, type WeightSource, weightNames } from "../engine/weights";
import { failure } from "./errors";
import type { ShapeMismatch } from "./problems";
import type { TensorFile } from "./safetensors";
import type { Pick, TensorRef, WeightMap } from "./weightMap";

export interface OpenWeights {
  readonly source: WeightSource;
  /** Tensors of the files that no weight of the spec reads and the family does not expect. */
  readonly extra: readonly string[];
}

interface Found {
  readonly ref: TensorRef;
  readonly need: WeightNeed;
  readonly file: TensorFile;
  readonly stored: string;
}

/**
 * Joins a spec, its family's weight map and the open files: everything that the spec needs is found and has the right
 * shape, or this fails with missingTensors or wrongShape, each listing all. Values are read, and checked to be
 * finite (notFinite), when the engine asks for them.
 */
export function openWeights(
  spec: ModelSpec,
  map: WeightMap,
  files: readonly TensorFile[],
  ignored: readonly RegExp[],
): OpenWeights {
  const found = new Map<string, Found>();
  const missing: WeightNeed[] = [];
  const mismatched = new Map<string, ShapeMismatch>();
  for (const need of weightNames(spec)) {
    const ref = map.get(need.name);
    const at = ref === undefined ? null : locate(ref, files);
    if (ref === undefined || at === null) {
      const mayLack = need.optional && (ref === undefined || ref.optional === true);
      if (!mayLack) missing.push(need);
      continue;
    }
    const expected = storedShape(need, ref);
    const got = at.file.tensors.get(at.stored)?.shape ?? [];
    if (!sameShape(expected, got)) mismatched.set(at.stored, { name: at.stored, expected, got });
    found.set(need.name, { ref, need, ...at });
  }
  if (missing.length > 0) {
    const others = [...found.values()];
    const names = missing.map(({ name }) => spelledAs(map.get(name), others) ?? name);
    throw failure("missingTensors", { names: [...new Set(names)] });
  }
  if (mismatched.size > 0) throw failure("wrongShape", { tensors: [...mismatched.values()] });
  return { source: sourceOf(found), extra: extraNames(found, files, ignored) };
}

function locate(ref: TensorRef, files: readonly TensorFile[]): { file: TensorFile; stored: string } | null {
  for (const stored of ref.names) {
    const file = files.find(({ tensors }) => tensors.has(stored));
    if (file !== undefined) return { file, stored };
  }
  return null;
}

/** The name that a missing tensor would have in these files: spelled as most of those that were found. */
function spelledAs(ref: TensorRef | undefined, found: readonly Found[]): string | undefined {
  const votes = new Map<number, number>();
  for (const { ref: other, stored } of found) {
    if (other.names.length !== ref?.names.length) continue;
    const place = other.names.indexOf(stored);
    votes.set(place, (votes.get(place) ?? 0) + 1);
  }
  const [usual = 0] = [...votes].sort(([, a], [, b]) => b - a)[0] ?? [];
  return ref?.names[usual];
}

/** The shape that the file should hold for a need: stated, or the canonical one, transposed for "out_in". */
function storedShape(need: WeightNeed, ref: TensorRef): readonly number[] {
  if (ref.stored !== undefined) return ref.stored;
  return ref.layout === "out_in" ? [...need.shape].reverse() : need.shape;
}

/** Equal up to leading axes of length 1, as in a bias stored [1, vocabulary] or a position table [1, positions, width]. */
function sameShape(expected: readonly number[], got: readonly number[]): boolean {
  const trim = (shape: readonly number[]) => {
    const first = shape.findIndex((length) => length !== 1);
    return first < 0 ? [] : shape.slice(first);
  };
  return trim(expected).join() === trim(got).join();
}

function sourceOf(found: ReadonlyMap<string, Found>): WeightSource {
  const owners = new Map<string, string>();
  const unread = new Map<string, Set<string>>();
  for (const [name, at] of found) {
    const part = partOf(at);
    if (owners.has(part)) continue;
    owners.set(part, name);
    unread.set(at.stored, (unread.get(at.stored) ?? new Set()).add(part));
  }
  // Several weights in a row may be picked from one tensor, as q, k and v are from GPT-2's c_attn.
  let last: { file: TensorFile; stored: string; whole: Float32Array } | null = null;
  const wholeOf = ({ file, stored }: Found): Float32Array => {
    const whole = last?.file === file && last.stored === stored ? last.whole : file.read(stored);
    last = { file, stored, whole };
    return whole;
  };
  return {
    has: (name) => found.has(name),
    shape: (name) => found.get(name)?.need.shape ?? null,
    alias(name) {
      const at = found.get(name);
      const owner = at === undefined ? name : owners.get(partOf(at));
      return owner === undefined || owner === name ? null : owner;
    },
    read(name) {
      const at = found.get(name);
      if (at === undefined) throw failure("missingTensors", { names: [name] });
      const { need, ref, file, stored } = at;
      const whole = wholeOf(at);
      const values = ref.pick === undefined ? whole : picked(whole, storedShape(need, ref), ref.pick);
      checkFinite(values, stored);
      const parts = unread.get(stored);
      parts?.delete(partOf(at));
      if (parts?.size === 0) {
        last = null;
        file.release(stored);
      }
      const shape = ref.layout === "out_in" ? [...need.shape].reverse() : need.shape;
      return { values, shape, layout: ref.layout };
    },
  };
}

/** What a weight reads of the files: names with the same answer share their storage. */
function partOf({ stored, ref }: Found): string {
  return `${stored} ${JSON.stringify(ref.pick ?? null)}`;
}

/** The picked rows or columns, copied. `shape`: of the stored tensor, [rows, columns] or [length]. */
function picked(values: Float32Array, shape: readonly number[], pick: Pick): Float32Array {
  const axis = shape.length === 1 ? 0 : pick.axis;
  const inner = sizeOf(shape.slice(axis + 1));
  const outer = sizeOf(shape.slice(0, axis));
  const length = shape[axis] ?? 0;
  const run = pick.size * inner;
  const out = new Float32Array(outer * pick.groups * run);
  let at = 0;
  for (let o = 0; o < outer; o++) {
    for (let g = 0; g < pick.groups; g++) {
      const from = (o * length + g * pick.stride + pick.start) * inner;
      out.set(values.subarray(from, from + run), at);
      at += run;
    }
  }
  return out;
}

/** Fails with notFinite at the first NaN or ±∞. */
function checkFinite(values: Float32Array, tensor: string): void {
  const index = notFiniteIn(values);
  if (index === null) return;
  const count = values.reduce((n, value) => n + (Number.isFinite(value) ? 0 : 1), 0);
  throw failure("notFinite", { tensor, index, count });
}

function extraNames(
  found: ReadonlyMap<string, Found>,
  files: readonly TensorFile[],
  ignored: readonly RegExp[],
): readonly string[] {
  const used = new Set([...found.values()].flatMap(({ ref, stored }) => [stored, ...ref.names]));
  const all = files.flatMap(({ tensors }) => [...tensors.keys()]);
  return all.filter((name) => !used.has(name) && !ignored.some((pattern) => pattern.test(name)));
}
