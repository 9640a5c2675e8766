import * as v from "valibot";
import { count, flag } from "./linkValues";

const way = v.picklist(["raw", "weighted", "rollout", "flow", "gradient"]);

/**
 * How the views are looked at, where that is no part of the selection: a view's own switches, each with its name in a link,
 * what a value must be, and the value that it begins with. A view reads and sets its own by `useOption`.
 */
export const OPTIONS = {
  /** Steps: how the matrices of a stage are drawn. */
  show: { name: "show", schema: v.picklist(["heatmap", "lines", "numbers"]), rest: "heatmap" },
  /** Neuron: the order of the dimensions. */
  sort: { name: "sort", schema: v.picklist(["contribution", "dimension"]), rest: "contribution" },
  /** Position: how two positions are compared; the words in another order ("2.0.1"), with or without positions. */
  similarity: { name: "similarity", schema: v.picklist(["dot", "cosine"]), rest: "cosine" },
  order: { name: "order", schema: v.pipe(v.string(), v.regex(/^\d{1,3}(?:\.\d{1,3}){0,511}$/)), rest: null },
  bare: { name: "bare", schema: flag, rest: false },
  /** Output: the outcome that is sought, and the further reading below. */
  find: { name: "find", schema: v.pipe(v.string(), v.maxLength(200)), rest: "" },
  reading: {
    name: "reading",
    schema: v.picklist(["mask", "surprisal", "lens", "labels", "next"]),
    rest: null,
  },
  /** Decode: whether the text has been written on, the node and step of the tree, and which attention is looked at. */
  written: { name: "written", schema: flag, rest: false },
  node: { name: "node", schema: count, rest: null },
  nodeStep: { name: "node-step", schema: count, rest: null },
  looksAt: { name: "looks-at", schema: v.picklist(["attn", "cross_attn"]), rest: "cross_attn" },
  /** Compare: how each side is gathered, and the head of B. */
  way: { name: "way", schema: way, rest: "raw" },
  wayB: { name: "b-way", schema: way, rest: "raw" },
  attentionB: { name: "b-attention", schema: v.picklist(["attn", "cross_attn"]), rest: null },
  layerB: { name: "b-layer", schema: count, rest: null },
  headB: { name: "b-head", schema: count, rest: null },
  /** Atlas: what the bars count, for which length, and the member that is open. */
  metric: { name: "metric", schema: v.picklist(["parameters", "flops", "memory"]), rest: "parameters" },
  length: { name: "length", schema: v.picklist(["typed", "full"]), rest: "typed" },
  member: { name: "member", schema: v.pipe(v.string(), v.regex(/^[a-z0-9.-]{1,64}$/)), rest: "bert-large" },
} as const satisfies Record<
  string,
  { name: string; schema: v.GenericSchema; rest: string | number | boolean | null }
>;

/** Every option; null where nothing is chosen. */
export type Options = {
  readonly [F in keyof typeof OPTIONS]:
    | v.InferOutput<(typeof OPTIONS)[F]["schema"]>
    | ((typeof OPTIONS)[F]["rest"] extends null ? null : never);
};

export type OptionName = keyof Options;

/** The options of a first visit. */
export const FIRST_OPTIONS = Object.fromEntries(
  Object.entries(OPTIONS).map(([field, { rest }]) => [field, rest]),
) as Options;

/** The options among the fields of a link, the others as on a first visit. */
export function optionsIn(link: Partial<Record<OptionName, unknown>>): Options {
  const given = Object.entries(link).filter(
    ([field, value]) => Object.hasOwn(OPTIONS, field) && value !== undefined,
  );
  return { ...FIRST_OPTIONS, ...Object.fromEntries(given) };
}
