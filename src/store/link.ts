import * as v from "valibot";
import { THEMES } from "./settings";
import { STAGES } from "./stages";

const count = v.pipe(
  v.string(),
  v.regex(/^\d{1,6}$/),
  v.transform((digits) => Number(digits)),
);

const decimal = (least: number, most: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,4}(\.\d{1,6})?$/),
    v.transform((digits) => Number(digits)),
    v.minValue(least),
    v.maxValue(most),
  );

const flag = v.pipe(
  v.picklist(["true", "false"]),
  v.transform((word) => word === "true"),
);

const text = v.pipe(v.string(), v.maxLength(1 << 20));

/** The one table of what a link restores: the field, its name in the fragment, and what a value must be. */
export const LINK = {
  text: { name: "text", schema: text },
  second: { name: "second", schema: text },
  target: { name: "target", schema: text },
  model: { name: "model", schema: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/)) },
  stack: { name: "stack", schema: v.picklist(["blocks", "encoder", "decoder"]) },
  attention: { name: "attention", schema: v.picklist(["attn", "cross_attn"]) },
  layer: { name: "layer", schema: count },
  head: { name: "head", schema: count },
  query: { name: "query", schema: count },
  key: { name: "key", schema: count },
  locked: { name: "locked", schema: flag },
  step: { name: "step", schema: v.picklist(STAGES) },
  site: { name: "site", schema: v.pipe(v.string(), v.regex(/^[a-z0-9_.]{1,48}$/)) },
  dimension: { name: "dimension", schema: count },
  temperature: { name: "temperature", schema: decimal(0, 10) },
  topK: { name: "top-k", schema: count },
  topP: { name: "top-p", schema: decimal(0, 1) },
  seed: { name: "seed", schema: count },
  transpose: { name: "transpose", schema: flag },
  theme: { name: "theme", schema: v.picklist(THEMES) },
  language: { name: "lang", schema: v.picklist(["en", "zh"]) },
} as const satisfies Record<string, { name: string; schema: v.GenericSchema }>;

/** Everything that a link restores. */
export type LinkState = { readonly [F in keyof typeof LINK]: v.InferOutput<(typeof LINK)[F]["schema"]> };
