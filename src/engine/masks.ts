import type { AttentionSpec, MaskSpec } from "./spec";

type Kind = MaskSpec["kind"];
type Sees<K extends Kind> = (mask: Extract<MaskSpec, { kind: K }>, query: number, key: number) => boolean;

/** Whether a query sees a key, by mask kind. */
const SEES: { readonly [K in Kind]: Sees<K> } = {
  none: () => true,
  causal: (_, query, key) => key <= query,
  window: ({ size, causal }, query, key) =>
    causal ? key <= query && query - key < size : Math.abs(query - key) < size,
};

/** Whether the mask lets `query` see `key`. */
export function sees(mask: MaskSpec, query: number, key: number): boolean {
  const rule = SEES[mask.kind] as Sees<Kind>;
  return rule(mask as Extract<MaskSpec, { kind: Kind }>, query, key);
}

/**
 * Whether no position can be influenced by a later one: the mask hides every later key, and its value takes no
 * probability. Then work above the diagonal can be skipped and a prefix can be reused.
 */
export function isCausal({ mask, maskValue }: Pick<AttentionSpec, "mask" | "maskValue">): boolean {
  const hidesLater = "causal" in mask ? mask.causal : mask.kind === "causal";
  return hidesLater && maskValue === Number.NEGATIVE_INFINITY;
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
    for (let j = 0; j < keys; j++) {
      const padded = padding !== null && padding[j] === 0;
      if (padded || !sees(mask, from + i, j)) hidden[i * keys + j] = 1;
    }
  }
  return hidden;
}
