import * as v from "valibot";
import type { Variant } from "../engine/variants";

/** More changes than this are no link that anybody made by hand. */
const MOST = 32;

const size = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));
const seed = size;
const finite = v.pipe(v.number(), v.finite());
const causal = v.boolean();
const layer = v.exactOptional(size);
/** −∞ hides a score altogether; JSON has no word for it. */
const score = v.union([
  finite,
  v.pipe(
    v.literal("-Infinity"),
    v.transform(() => Number.NEGATIVE_INFINITY),
  ),
]);

const mask = v.variant("kind", [
  v.strictObject({ kind: v.literal("none") }),
  v.strictObject({ kind: v.literal("causal") }),
  v.strictObject({ kind: v.literal("window"), size, causal }),
  v.strictObject({ kind: v.literal("dilated"), step: size, causal }),
  v.strictObject({ kind: v.literal("strided"), size, step: size, causal }),
  v.strictObject({ kind: v.literal("longformer"), size, globals: size, causal }),
  v.strictObject({ kind: v.literal("bigbird"), size, globals: size, random: size, seed, causal }),
  v.strictObject({ kind: v.literal("block"), size, causal }),
  v.strictObject({ kind: v.literal("prefix"), length: size }),
  v.strictObject({ kind: v.literal("segments"), size, memory: size }),
  v.strictObject({
    kind: v.literal("drawn"),
    rows: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[01]{0,512}$/))), v.maxLength(512)),
    causal,
  }),
]);

const single = ["dot", "additive", "dense", "factorisedDense", "random", "factorisedRandom"] as const;

const rule = v.variant("rule", [
  v.strictObject({ rule: v.literal("dot") }),
  v.strictObject({ rule: v.literal("additive"), width: v.exactOptional(size) }),
  v.strictObject({ rule: v.literal("dense"), hidden: v.exactOptional(size) }),
  v.strictObject({ rule: v.literal("factorisedDense") }),
  v.strictObject({ rule: v.literal("random") }),
  v.strictObject({ rule: v.literal("factorisedRandom"), rank: v.exactOptional(size) }),
  v.strictObject({ rule: v.literal("mixture"), of: v.pipe(v.array(v.picklist(single)), v.maxLength(8)) }),
  v.strictObject({
    rule: v.literal("linear"),
    features: v.picklist(["elu", "positiveRandom"]),
    count: v.exactOptional(v.pipe(size, v.maxValue(4096))),
    seed: v.exactOptional(seed),
  }),
]);

const normaliser = v.variant("kind", [
  v.strictObject({ kind: v.literal("softmax"), temperature: finite }),
  v.strictObject({ kind: v.literal("softmaxPlusOne"), temperature: finite }),
  v.strictObject({ kind: v.literal("squaredRelu") }),
  v.strictObject({ kind: v.literal("sum") }),
  v.strictObject({ kind: v.literal("none") }),
]);

const change = v.variant("kind", [
  v.strictObject({
    kind: v.literal("scale"),
    by: v.union([finite, v.picklist(["none", "root", "width"])]),
    layer,
  }),
  v.strictObject({ kind: v.literal("maskValue"), value: score, layer }),
  v.strictObject({ kind: v.literal("mask"), mask, layer }),
  v.strictObject({ kind: v.literal("score"), score: rule, layer }),
  v.strictObject({ kind: v.literal("normaliser"), normaliser, layer }),
  v.strictObject({
    kind: v.literal("positions"),
    scheme: v.picklist(["none", "sinusoidal", "learned", "buckets", "rotary", "alibi"]),
    at: v.exactOptional(v.picklist(["input", "layers", "queriesAndKeys"])),
    use: v.exactOptional(v.picklist(["add", "multiply"])),
    past: v.exactOptional(v.picklist(["refuse", "repeat"])),
  }),
  v.strictObject({
    kind: v.literal("norm"),
    norm: v.picklist(["layer", "rms", "none"]),
    eps: v.exactOptional(v.pipe(finite, v.minValue(0))),
    affine: v.exactOptional(v.literal(false)),
    layer,
  }),
  v.strictObject({ kind: v.literal("place"), place: v.picklist(["pre", "post"]), layer }),
  v.strictObject({ kind: v.literal("residual"), residual: v.boolean(), layer }),
  v.strictObject({
    kind: v.literal("gatedUnit"),
    width: v.exactOptional(v.pipe(size, v.maxValue(4096))),
    dHead: v.exactOptional(v.pipe(size, v.maxValue(4096))),
    layer,
  }),
  v.strictObject({
    kind: v.literal("heads"),
    heads: v.union([v.picklist(["merge", "split"]), v.pipe(v.array(size), v.maxLength(64))]),
    layer,
  }),
  v.strictObject({ kind: v.literal("context"), length: size }),
  v.strictObject({
    kind: v.literal("weights"),
    init: v.picklist(["normal", "xavier"]),
    seed,
    all: v.boolean(),
  }),
]);

const variant = v.pipe(v.array(change), v.maxLength(MOST));

/** A variant as a link carries it; nothing for none. */
export function packVariant(list: Variant | undefined): string | undefined {
  if (list === undefined || list.length === 0) return undefined;
  return JSON.stringify(list, (_, each) => (each === Number.NEGATIVE_INFINITY ? "-Infinity" : each));
}

/** The variant that packVariant wrote; none where a change of it is malformed. */
export function unpackVariant(packed: string | undefined): Variant {
  if (packed === undefined) return [];
  try {
    const parsed = v.safeParse(variant, JSON.parse(packed));
    return parsed.success ? (parsed.output satisfies Variant) : [];
  } catch {
    return [];
  }
}
