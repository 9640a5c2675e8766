import * as v from "valibot";
import { count, decimal, flag, whole } from "./linkValues";

/** The ways of reading attention that can be compared. */
export const GATHERINGS = ["raw", "weighted", "rollout", "flow", "gradient"] as const;
export type Gathering = (typeof GATHERINGS)[number];
const way = v.picklist(GATHERINGS);

/** Lines: weaker ones are never drawn (a thousand of them look like fog and say nothing); so many per query are all. */
export const LEAST_LINE = 0.02;
export const ALL_LINES = 13;
/** What can be hidden of a pattern, and which sentence of a pair looks at which. */
export const HIDABLE = ["special", "first", "itself"] as const;
export const BETWEEN = ["all", "aToB", "bToA", "aToA", "bToB"] as const;

/** In which order heads are listed. */
export const HEAD_SORTS = ["clearest", "narrow", "wide", "place"] as const;

const names = v.pipe(v.string(), v.maxLength(1 << 15));

/**
 * How the views are looked at, where that is no part of the selection: a view's own switches, each with its name in a link,
 * what a value must be, and the value that it begins with. A view reads and sets its own by `useOption`.
 */
export const OPTIONS = {
  /** Heads: the order of their list, and the one label that is shown. */
  headSort: { name: "heads-sort", schema: v.picklist(HEAD_SORTS), rest: "clearest" },
  headKind: { name: "heads-only", schema: v.pipe(v.string(), v.regex(/^[a-z]{1,16}$/)), rest: "all" },
  /** Steps: how the matrices of a stage are drawn. */
  show: { name: "show", schema: v.picklist(["heatmap", "lines", "numbers"]), rest: "heatmap" },
  /**
   * Lines: of one layer, of all, or of the chosen head alone; the weakest line and how many per query and head; between words or pieces; what is hidden;
   * heads ("blocks.0.attn.3") and tokens (side, number and text, as JSON) that are switched off.
   */
  lineLayers: { name: "lines-layers", schema: v.picklist(["one", "all", "head"]), rest: "one" },
  lineLeast: { name: "lines-least", schema: decimal(LEAST_LINE, 1), rest: 0.1 },
  lineTop: { name: "lines-top", schema: whole(1, ALL_LINES), rest: ALL_LINES },
  lineUnits: { name: "lines-units", schema: v.picklist(["words", "pieces"]), rest: "words" },
  lineHide: {
    name: "lines-hide",
    schema: v.pipe(v.string(), v.regex(/^(?:special|first|itself)(?:,(?:special|first|itself)){0,2}$/)),
    rest: "",
  },
  lineRenormalise: { name: "lines-renormalise", schema: flag, rest: true },
  lineBetween: { name: "lines-between", schema: v.picklist(BETWEEN), rest: "all" },
  lineHeadsOff: { name: "lines-heads-off", schema: v.pipe(names, v.regex(/^[a-z0-9_.,]+$/)), rest: "" },
  lineTokensOff: { name: "lines-tokens-off", schema: names, rest: "" },
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
  /** Lab: the experiment whose many passes have been run, so that a link to them runs them again. */
  ran: { name: "ran", schema: v.pipe(v.string(), v.regex(/^[a-zA-Z0-9-]{1,32}$/)), rest: "" },
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
