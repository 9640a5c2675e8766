import * as v from "valibot";
import { LANGUAGES } from "../i18n/language";
import { STRATEGIES } from "./answers";
import { FIRST_DECODING } from "./decoding";
import { count, decimal, flag, modelId, text, whole } from "./linkValues";
import { OPTIONS } from "./options";
import { THEMES } from "./settings";
import { STAGES } from "./stages";
import { FIRST_VIEW, VIEWS } from "./views";

/**
 * The one table of what a link restores: the field, its name in the fragment, what a value must be, and the value that is
 * left out of the fragment because a page without it has it.
 */
export const LINK = {
  text: { name: "text", schema: text, rest: null },
  second: { name: "second", schema: text, rest: null },
  target: { name: "target", schema: text, rest: null },
  image: { name: "image", schema: v.pipe(v.string(), v.regex(/^[0-9a-f]{784}$/)), rest: null },
  model: { name: "model", schema: modelId, rest: null },
  stack: { name: "stack", schema: v.picklist(["blocks", "encoder", "decoder"]), rest: "blocks" },
  attention: { name: "attention", schema: v.picklist(["attn", "cross_attn"]), rest: "attn" },
  layer: { name: "layer", schema: count, rest: null },
  head: { name: "head", schema: count, rest: null },
  query: { name: "query", schema: count, rest: null },
  key: { name: "key", schema: count, rest: null },
  locked: { name: "locked", schema: flag, rest: null },
  step: { name: "step", schema: v.picklist(STAGES), rest: null },
  site: { name: "site", schema: v.pipe(v.string(), v.regex(/^[a-z0-9_.]{1,48}$/)), rest: null },
  dimension: { name: "dimension", schema: count, rest: 0 },
  temperature: { name: "temperature", schema: decimal(0, 10), rest: 1 },
  topK: { name: "top-k", schema: count, rest: 0 },
  topP: { name: "top-p", schema: decimal(0, 1), rest: 1 },
  /** JSON; see linkEdits.ts. */
  edits: { name: "edits", schema: v.pipe(v.string(), v.maxLength(1 << 16)), rest: null },
  /** JSON; see linkVariant.ts. */
  variant: { name: "variant", schema: v.pipe(v.string(), v.maxLength(1 << 18)), rest: null },
  seed: { name: "seed", schema: count, rest: 1 },
  strategy: { name: "strategy", schema: v.picklist(STRATEGIES), rest: FIRST_DECODING.strategy },
  beams: { name: "beams", schema: whole(1, 8), rest: FIRST_DECODING.beams },
  lengthPenalty: { name: "length-penalty", schema: decimal(0, 2), rest: FIRST_DECODING.lengthPenalty },
  maxTokens: { name: "max-tokens", schema: whole(1, 40), rest: FIRST_DECODING.maxTokens },
  textB: { name: "b", schema: text, rest: null },
  modelB: { name: "b-model", schema: modelId, rest: null },
  variantB: { name: "b-variant", schema: v.pipe(v.string(), v.maxLength(1 << 18)), rest: null },
  editsB: { name: "b-edits", schema: v.pipe(v.string(), v.maxLength(1 << 16)), rest: null },
  ...OPTIONS,
  experiment: { name: "experiment", schema: v.pipe(v.string(), v.regex(/^[a-zA-Z0-9-]{1,32}$/)), rest: null },
  /** See experiments.ts. */
  switches: {
    name: "switches",
    schema: v.pipe(
      v.string(),
      v.maxLength(1 << 12),
      v.regex(/^[a-zA-Z]{1,16}:[^:,]*(?:,[a-zA-Z]{1,16}:[^:,]*)*$/),
    ),
    rest: null,
  },
  transpose: { name: "transpose", schema: flag, rest: false },
  view: { name: "view", schema: v.picklist(VIEWS), rest: FIRST_VIEW },
  /** The chapter that is read ("index": the list of them), its step, and whether it is presented. */
  lesson: { name: "lesson", schema: v.pipe(v.string(), v.regex(/^[a-zA-Z0-9-]{1,32}$/)), rest: null },
  at: { name: "at", schema: count, rest: 0 },
  present: { name: "present", schema: flag, rest: false },
  theme: { name: "theme", schema: v.picklist(THEMES), rest: "auto" },
  language: { name: "lang", schema: v.picklist(LANGUAGES), rest: null },
} as const satisfies Record<
  string,
  { name: string; schema: v.GenericSchema; rest: string | number | boolean | null }
>;

/** Everything that a link restores. */
export type LinkState = { readonly [F in keyof typeof LINK]: v.InferOutput<(typeof LINK)[F]["schema"]> };
