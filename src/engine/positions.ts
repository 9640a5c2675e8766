import { InputTooLongError } from "./errors";
import type { Buf, Kernels } from "./kernels/kernels";
import { type PreparedModel, tableNamed } from "./prepare";
import type { AttentionPositions, InputPositions, PositionPlace } from "./spec";

type Rotary = Extract<AttentionPositions, { kind: "rotary" }>;
type Buckets = Extract<AttentionPositions, { kind: "buckets" }>;

/** Where a scheme adds its vectors, or null where it has none. */
export function placeOf(spec: InputPositions): PositionPlace | null {
  return spec.kind === "none" ? null : (spec.at ?? "input");
}

/** Row of the table for each position: offset + position, or with `skipId` counting only other ids (RoBERTa). Equation 2 of docs/maths.md. */
export function learnedRows(
  spec: Extract<InputPositions, { kind: "learned" }>,
  ids: readonly number[],
): readonly number[] {
  if (spec.skipId === null) return ids.map((_, position) => spec.offset + position);
  let counted = 0;
  return ids.map((id) => (id === spec.skipId ? spec.offset - 1 : spec.offset + counted++));
}

/**
 * PE(pos, 2i) = sin(pos/base^(2i/width)), PE(pos, 2i+1) = cos(the same); "halves" puts all sines before all cosines.
 * [width] for one position (Vaswani et al. 2017, 3.5; equation 3).
 */
export function sinusoid(
  spec: Extract<InputPositions, { kind: "sinusoidal" }>,
  position: number,
  width: number,
): Float32Array {
  const row = new Float32Array(width);
  const sines = Math.ceil(width / 2);
  for (let d = 0; d < width; d++) {
    const pair = Math.floor(d / 2);
    const angle = position / spec.base ** ((2 * pair) / width);
    const to = spec.layout === "interleaved" ? d : pair + (d % 2) * sines;
    row[to] = d % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
  }
  return row;
}

/**
 * The vectors that are added, one per row. Past the end of a learned table its last row is repeated where the scheme says so;
 * else this throws InputTooLongError.
 */
export function inputPositions(
  model: PreparedModel,
  prefix: string,
  spec: Exclude<InputPositions, { kind: "none" }>,
  ids: readonly number[],
  width: number,
): (position: number) => Float32Array {
  if (spec.kind === "sinusoidal") return (position) => sinusoid(spec, position, width);
  const table = tableNamed(model, `${prefix}pos_embed.W_pos`);
  const rows = learnedRows(spec, ids);
  return (position) => {
    if (rows[position] >= table.rows) {
      if (spec.past === "repeat") return table.row(table.rows - 1);
      const limit = table.rows - spec.offset;
      throw new InputTooLongError({ count: ids.length, limit, stack: `${prefix}pos_embed` });
    }
    return table.row(rows[position]);
  };
}

/**
 * Turns each pair of the first `dims` dimensions by position·frequency: (a, b) → (a cos − b sin, b cos + a sin)·factor.
 * Pairs are (i, i + dims/2) in "halves", (2i, 2i + 1) in "interleaved" (Su et al. 2021; equation 17). x [head, pos, d_head] → same.
 */
export function rotate(
  kernels: Kernels,
  spec: Rotary,
  x: Buf,
  rows: number,
  from: number,
  dHead: number,
): Buf {
  const out = kernels.alloc(x.length);
  out.data.set(x.data);
  const pairs = spec.dims / 2;
  const [step, apart] = spec.layout === "halves" ? [1, pairs] : [2, 1];
  for (let row = 0; row < x.length / dHead; row++) {
    const position = from + (row % rows);
    for (let pair = 0; pair < pairs; pair++) {
      const angle = position * spec.inverseFrequencies[pair];
      const cos = Math.cos(angle) * spec.factor;
      const sin = Math.sin(angle) * spec.factor;
      const first = row * dHead + pair * step;
      const a = x.data[first];
      const b = x.data[first + apart];
      out.data[first] = a * cos - b * sin;
      out.data[first + apart] = b * cos + a * sin;
    }
  }
  return out;
}

/**
 * T5's bucket of the distance key − query: exact up to half of the buckets, then logarithmic up to maxDistance; when
 * bidirectional, one half of the buckets is for keys ahead (Raffel et al. 2020, 2.1; equation 20).
 */
export function bucketOf(spec: Omit<Buckets, "kind" | "table">, query: number, key: number): number {
  const buckets = spec.bidirectional ? spec.buckets / 2 : spec.buckets;
  const ahead = spec.bidirectional && key > query ? buckets : 0;
  const distance = spec.bidirectional ? Math.abs(key - query) : Math.max(0, query - key);
  const exact = Math.floor(buckets / 2);
  if (distance < exact) return ahead + distance;
  const share = Math.log(distance / exact) / Math.log(spec.maxDistance / exact);
  return ahead + Math.min(buckets - 1, exact + Math.floor(share * (buckets - exact)));
}

/** ALiBi's slope of each head: 2^(−8(h+1)/heads) (Press et al. 2022, 3; equation 21). */
export function alibiSlopes(heads: number): readonly number[] {
  return Array.from({ length: heads }, (_, head) => 2 ** ((-8 * (head + 1)) / heads));
}

/** RoPE's angle per position of each pair: base^(−2i/dims) (Su et al. 2021; equation 17). [dims/2] */
export function rotaryFrequencies(dims: number, base: number): readonly number[] {
  return Array.from({ length: dims / 2 }, (_, pair) => base ** ((-2 * pair) / dims));
}

/** The term that positions add to a scaled score, as a function of head, query and key, or null when there is none (equations 20, 21). */
export function scoreBias(
  model: PreparedModel,
  spec: AttentionPositions,
): ((head: number, query: number, key: number) => number) | null {
  if (spec.kind === "alibi") return (head, query, key) => -spec.slopes[head] * (query - key);
  if (spec.kind !== "buckets") return null;
  const table = tableNamed(model, spec.table);
  const rows = Array.from({ length: spec.buckets }, (_, bucket) => table.row(bucket));
  return (head, query, key) => rows[bucketOf(spec, query, key)][head];
}
