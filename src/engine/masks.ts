import { createRng } from "./rng";
import type { AttentionSpec, BlockSpec, MaskSpec } from "./spec";

type Kind = MaskSpec["kind"];
/** Which of `keys` keys a query sees; asked once for each row. */
type RowOf<K extends Kind> = (
  mask: Extract<MaskSpec, { kind: K }>,
  query: number,
  keys: number,
) => (key: number) => boolean;

const near = (query: number, key: number, size: number): boolean => Math.abs(query - key) < size;
const inStep = (query: number, key: number, step: number): boolean => (query - key) % step === 0;

/** Which keys a query sees, by mask kind; those ahead of it are taken away afterwards where the mask is causal. */
const ROWS: { readonly [K in Kind]: RowOf<K> } = {
  none: () => () => true,
  causal: (_, query) => (key) => key <= query,
  window:
    ({ size }, query) =>
    (key) =>
      near(query, key, size),
  dilated:
    ({ step }, query) =>
    (key) =>
      inStep(query, key, step),
  strided:
    ({ size, step }, query) =>
    (key) =>
      near(query, key, size) || inStep(query, key, step),
  longformer:
    ({ size, globals }, query) =>
    (key) =>
      near(query, key, size) || key < globals || query < globals,
  bigbird(mask, query, keys) {
    const { size, globals } = mask;
    const drawn = randomKeys(mask, query, keys);
    return (key) => near(query, key, size) || key < globals || query < globals || drawn.has(key);
  },
  block:
    ({ size }, query) =>
    (key) =>
      Math.floor(query / size) === Math.floor(key / size),
  prefix:
    ({ length }, query) =>
    (key) =>
      key < length || key <= query,
  segments({ size, memory }, query) {
    const first = Math.floor(query / size) * size - memory;
    return (key) => key >= first && key <= query;
  },
  drawn({ rows, causal }, query) {
    const row = rows[query] ?? "";
    return (key) => (key < row.length ? row[key] === "1" : !causal || key <= query);
  },
};

/** The keys that a row of BigBird draws: `random` different ones of those that it may see at all. */
function randomKeys(
  { random, seed, causal }: Extract<MaskSpec, { kind: "bigbird" }>,
  query: number,
  keys: number,
): ReadonlySet<number> {
  const rng = createRng(seed * 65_537 + query);
  const pool = Array.from({ length: causal ? query + 1 : keys }, (_, key) => key);
  const drawn = new Set<number>();
  while (drawn.size < random && pool.length > 0) {
    drawn.add(pool.splice(Math.floor(rng.uniform() * pool.length), 1)[0]);
  }
  return drawn;
}

/** Which of `keys` keys a query sees. */
function rowOf(mask: MaskSpec, query: number, keys: number): (key: number) => boolean {
  const rule = ROWS[mask.kind] as RowOf<Kind>;
  const seen = rule(mask as Extract<MaskSpec, { kind: Kind }>, query, keys);
  const ahead = mask.kind === "drawn" || !("causal" in mask) || !mask.causal;
  return ahead ? seen : (key) => key <= query && seen(key);
}

/** Whether the mask lets `query` see `key`, of `keys` in all (only BigBird's random keys depend on their number). */
export function sees(mask: MaskSpec, query: number, key: number, keys: number): boolean {
  return rowOf(mask, query, keys)(key);
}

/** Whether a mask hides every key that comes after its query. */
export function hidesLater(mask: MaskSpec): boolean {
  switch (mask.kind) {
    case "none":
      return false;
    case "causal":
    case "segments":
      return true;
    case "prefix":
      return mask.length <= 1;
    case "drawn":
      return mask.causal && mask.rows.every((row, query) => !row.slice(query + 1).includes("1"));
    default:
      return mask.causal;
  }
}

/**
 * Whether no position can be influenced by a later one: the mask hides every later key, and its value takes no
 * probability. Then work above the diagonal can be skipped.
 */
export function isCausal({ mask, maskValue }: Pick<AttentionSpec, "mask" | "maskValue">): boolean {
  return maskValue === Number.NEGATIVE_INFINITY && hidesLater(mask);
}

/** Whether a prefix can be reused: a causal attention whose keys and values are all that it needs of earlier positions. */
export function reusesPrefix({ attn, unit }: Pick<BlockSpec, "attn" | "unit">): boolean {
  return isCausal(attn) && attn.score.kind === "dot" && unit === undefined;
}

/** The cells that a mask or a padded key hides: 1 = hidden. [query_pos, key_pos] for the queries from `from` on. */
export function hiddenCells(
  mask: MaskSpec,
  from: number,
  queries: number,
  keys: number,
  padding: readonly number[] | null,
): Uint8Array {
  const hidden = new Uint8Array(queries * keys);
  for (let i = 0; i < queries; i++) {
    const seen = rowOf(mask, from + i, keys);
    for (let j = 0; j < keys; j++) {
      const padded = padding !== null && padding[j] === 0;
      if (padded || !seen(j)) hidden[i * keys + j] = 1;
    }
  }
  return hidden;
}
