import { learnedRows } from "../../engine/positions";
import type { ModelSpec, StackName } from "../../engine/spec";
import type { Tensor } from "../../engine/tensor";
import { type RunInput, site, type Trace } from "../../engine/trace";
import type { At, FromInput, Range, Reference } from "./expression";

/** Where on one axis, once the input is known. */
export type Fixed = number | Range | null;

/** A part of a weight that a page fetches at once: a matrix' column, a table's row, or a whole vector. */
export interface WeightRequest {
  readonly weight: string;
  readonly take: "column" | "row" | "vector";
  /** Which column or row; 0 for a vector. */
  readonly at: number;
}

/** Where an expression's leaves find their numbers. */
export interface Lookup {
  readonly site: (name: string) => Tensor;
  /** One head of a site that is not there as a whole, or null. */
  readonly head?: (name: string, head: number) => Tensor | null;
  /** The column, row or vector asked for, or null where the model has no such weight. Throws if it was not fetched. */
  readonly weight: (request: WeightRequest) => Float32Array | null;
  readonly input: (from: FromInput) => number;
  readonly isPadding: (key: number) => boolean;
  /** Pixels [channels · patch · patch] of an image patch. */
  readonly patch: (patch: number) => ArrayLike<number>;
}

/** A lookup in one trace, with the input that it was run on and weights that were fetched (see needs.ts). */
export function traceLookup(
  trace: Pick<Trace, "sites" | "heads" | "modelId" | "spec">,
  input: RunInput,
  weight: Lookup["weight"],
): Lookup {
  return {
    site: (name) => site(trace, name as keyof Trace["sites"]),
    head: (name, head) => headOf(trace, name, head),
    weight,
    input: (from) => readInput(trace.spec, input, from),
    isPadding: (key) => input.attentionMask?.[key] === 0,
    patch: (patch) => patchOf(trace.spec, input, patch),
  };
}

/** One head of a site that a trace does not hold as a whole; null where it does, or holds neither. */
export function headOf(
  { sites, heads }: Pick<Trace, "sites" | "heads">,
  name: string,
  head: number,
): Tensor | null {
  return Object.hasOwn(sites, name) ? null : (heads?.[name]?.of[head] ?? null);
}

/** The numbers behind a reference, in order; one entry for a cell. */
export function read(reference: Reference, lookup: Lookup): ArrayLike<number> {
  if ("patch" in reference) return lookup.patch(reference.patch);
  const index = fix(reference.index, lookup.input);
  if ("site" in reference) {
    const [head, ...rest] = index;
    const one = typeof head === "number" ? lookup.head?.(reference.site, head) : null;
    return one ? gather(one, rest) : gather(lookup.site(reference.site), index);
  }
  const values = lookup.weight(requestOf(reference.weight, index));
  if (values !== null) return gather({ data: values, shape: [values.length] }, [withinRequest(index)]);
  if (reference.absent === undefined) throw new Error(`the model has no weight ${reference.weight}`);
  return [reference.absent];
}

/** What to fetch for an index of a weight: [i] a vector, [row, d] a table's row, [open axis, column] a matrix' column. */
export function requestOf(weight: string, index: readonly Fixed[]): WeightRequest {
  const [first = null, second] = index;
  if (second === undefined) return { weight, take: "vector", at: 0 };
  if (typeof first === "number") return { weight, take: "row", at: first };
  return { weight, take: "column", at: Number(second) };
}

function withinRequest([first = null, second]: readonly Fixed[]): Fixed {
  return second !== undefined && typeof first === "number" ? second : first;
}

/** A lookup of weights among those fetched, by weightKey; null was fetched where the model has no such weight. */
export function fetchedWeights(fetched: ReadonlyMap<string, Float32Array | null>): Lookup["weight"] {
  return (request) => {
    const values = fetched.get(weightKey(request));
    if (values === undefined) throw new Error(`${weightKey(request)} has not been fetched`);
    return values;
  };
}

/** The key under which a fetched part of a weight is kept. */
export function weightKey({ weight, take, at }: WeightRequest): string {
  return `${weight} ${take} ${at}`;
}

/** An index with everything that the input decides filled in. */
export function fix(index: readonly At[], input: (from: FromInput) => number): readonly Fixed[] {
  return index.map((at) => (at !== null && typeof at === "object" && "input" in at ? input(at) : at));
}

/** A whole number that only the input knows: a token's id or type, a row of the position table, the last position. */
export function readInput(spec: ModelSpec, input: RunInput, { input: which, stack, at }: FromInput): number {
  const ids = idsOf(spec, input, stack);
  switch (which) {
    case "token":
      return ids[at] ?? Number.NaN;
    case "type":
      return input.tokenTypeIds?.[at] ?? 0;
    case "last": {
      const real = input.attentionMask?.lastIndexOf(1) ?? -1;
      return real >= 0 ? real : ids.length - 1;
    }
    case "positionRow": {
      const positions = spec.stacks.find((each) => each.name === stack)?.embed.positions;
      if (positions?.kind !== "learned") throw new RangeError(`stack ${stack} has no table of positions`);
      return positions.skipId === null
        ? positions.offset + at
        : (learnedRows(positions, ids)[at] ?? Number.NaN);
    }
    default:
      return which satisfies never;
  }
}

function idsOf(spec: ModelSpec, input: RunInput, stack: StackName): readonly number[] {
  return stack === spec.stacks[0]?.name ? input.ids : (input.decoderIds ?? []);
}

/** The pixels of a patch in the order of the patch matrix: channel, row, column. */
function patchOf(spec: ModelSpec, input: RunInput, patch: number): Float32Array {
  const embed = spec.stacks[0]?.embed;
  if (embed?.kind !== "patches" || input.image === undefined) throw new RangeError("the run has no image");
  const { channels, height, width, patch: side } = embed;
  const perRow = Math.floor(width / side);
  const top = Math.floor(patch / perRow) * side;
  const left = (patch % perRow) * side;
  const pixels = new Float32Array(channels * side * side);
  for (let at = 0; at < pixels.length; at++) {
    const channel = Math.floor(at / (side * side));
    const y = top + (Math.floor(at / side) % side);
    const x = left + (at % side);
    pixels[at] = input.image[(channel * height + y) * width + x] ?? Number.NaN;
  }
  return pixels;
}

/** Entries of a row-major tensor: one, or those along the one open axis. */
export function gather(tensor: Pick<Tensor, "data" | "shape">, index: readonly Fixed[]): Float32Array {
  let start = 0;
  let step = 1;
  let count = 1;
  let stride = 1;
  for (let axis = tensor.shape.length - 1; axis >= 0; axis--) {
    const length = tensor.shape[axis] ?? 0;
    const at = index[axis] ?? null;
    const from = at === null ? 0 : typeof at === "number" ? at : at.from;
    const entries = at === null ? length : typeof at === "number" ? 1 : at.length;
    if (!(from >= 0 && from + entries <= length)) {
      throw new RangeError(`index ${from} on axis ${axis} is outside 0…${length - 1}`);
    }
    if (typeof at !== "number") {
      step = stride;
      count = entries;
    }
    start += from * stride;
    stride *= length;
  }
  return Float32Array.from({ length: count }, (_, each) => tensor.data[start + each * step] ?? Number.NaN);
}
