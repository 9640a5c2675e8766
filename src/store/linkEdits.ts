import * as v from "valibot";
import type { AskedEdit } from "../worker/engine";

/** More edits than this, or longer ones, are no link that anybody made by hand. */
const MOST = 64;

const index = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));
const finite = v.pipe(v.number(), v.finite());
const site = v.pipe(v.string(), v.regex(/^[a-z0-9_.]{1,64}$/));
const at = v.optional(
  v.strictObject({
    head: v.exactOptional(index),
    query: v.exactOptional(index),
    key: v.exactOptional(index),
    dim: v.exactOptional(index),
  }),
);
/** −∞ masks a score; JSON has no word for it. */
const value = v.union([
  finite,
  v.pipe(
    v.literal("-Infinity"),
    v.transform(() => Number.NEGATIVE_INFINITY),
  ),
]);
const block = v.pipe(v.string(), v.regex(/^(?:blocks|encoder|decoder)\.\d{1,4}$/));

const words = v.pipe(v.string(), v.maxLength(4096));
const edit = v.variant("kind", [
  v.strictObject({ kind: v.literal("zero"), site, at }),
  v.strictObject({ kind: v.literal("mean"), site, at }),
  v.strictObject({ kind: v.literal("set"), site, at, value }),
  v.strictObject({ kind: v.literal("scale"), site, at, factor: finite }),
  v.strictObject({ kind: v.literal("add"), site, at, value: finite }),
  v.strictObject({ kind: v.literal("noise"), site, at, sigma: finite, seed: index }),
  v.strictObject({ kind: v.literal("cut"), site, at, renormalise: v.boolean() }),
  v.strictObject({
    kind: v.literal("ablate"),
    block,
    part: v.picklist(["attn", "cross_attn", "mlp"]),
    head: v.exactOptional(index),
  }),
  v.strictObject({
    kind: v.literal("borrow"),
    site,
    at,
    from: v.strictObject({
      text: words,
      second: v.exactOptional(words),
      target: v.exactOptional(words),
      at,
    }),
  }),
]);

const edits = v.pipe(v.array(edit), v.maxLength(MOST));

/**
 * Edits as a link carries them. Those that bring the values of another run are left out, since they would not fit; one that
 * borrows them by that run's text does.
 */
export function packEdits(list: readonly AskedEdit[]): string | undefined {
  const kept = list.filter(({ kind }) => kind !== "patch");
  const exact = (_: string, each: unknown) => (each === Number.NEGATIVE_INFINITY ? "-Infinity" : each);
  return kept.length === 0 ? undefined : JSON.stringify(kept, exact);
}

/** The edits that packEdits wrote; none where one of them is malformed. */
export function unpackEdits(packed: string | undefined): readonly AskedEdit[] {
  if (packed === undefined) return [];
  try {
    const parsed = v.safeParse(edits, JSON.parse(packed));
    return parsed.success ? (parsed.output as readonly AskedEdit[]) : [];
  } catch {
    return [];
  }
}
