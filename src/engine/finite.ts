import type { Sites } from "./trace";

/** Where the numbers of a pass stop being finite. */
export interface NotFinite {
  readonly site: string;
  /** Flat index of the first such number. */
  readonly index: number;
}

/** Stages in which −∞ is a score like any other: of a key that the mask hides, and of a row that hides them all. */
const SCORES = /attn\.(?:step_bias|hook_attn_scores|step_row_max)$/;

/** What every number of a pass ends in. */
const ENDS = /(?:^|\.)(?:hook_resid_post|hook_normalized_resid_post|ln_final\.hook_out|logits)$/;

/**
 * The first number of a pass, in its order, that is NaN or infinite: finite weights can be so large that what they make of a
 * state does not fit 32 bits. Null where what the pass ends in is finite; then nothing else is looked through.
 */
export function firstNotFinite(sites: Sites): NotFinite | null {
  const all = Object.entries(sites).flatMap(([site, tensor]) =>
    tensor === undefined ? [] : [{ site, data: tensor.data }],
  );
  const endsWell = all.every(({ site, data }) => !ENDS.test(site) || firstIn(data, false) < 0);
  if (endsWell) return null;
  for (const { site, data } of all) {
    const index = firstIn(data, SCORES.test(site));
    if (index >= 0) return { site, index };
  }
  return null;
}

/** The index of the first NaN or infinity, −∞ passed over where it may be; −1 without one. */
function firstIn(data: Float32Array, isScore: boolean): number {
  for (let at = 0; at < data.length; at++) {
    const value = data[at];
    if (value - value !== 0 && !(isScore && value === Number.NEGATIVE_INFINITY)) return at;
  }
  return -1;
}
