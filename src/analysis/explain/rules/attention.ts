import { sees } from "../../../engine/masks";
import type { ATTN_SITES } from "../../../engine/sites";
import type { AttentionSpec } from "../../../engine/spec";
import {
  cell,
  constant,
  dot,
  type Expression,
  optional,
  product,
  type SiteReference,
  slice,
  sum,
  weight,
} from "../expression";
import type { FormulaId } from "../formulas";
import { attentionOf, blockOf, type Place, weightPrefix } from "../place";
import { entries, type Rule } from "../rule";
import { memoryOf, sublayers } from "../wiring";
import { bias } from "./bias";
import { rotated, rotationReaders } from "./rotary";

/** The stages of the mechanisms that models are trained with; those of variants alone are in available.ts. */
type ExplainedSite = Exclude<
  keyof typeof ATTN_SITES,
  | "step_pos_input"
  | "step_hidden"
  | "step_phi_q"
  | "step_phi_k"
  | "step_gate"
  | "step_shared"
  | "step_gated"
  | "step_relu2"
>;

/** Attention, stage by stage; one head is a view, so every index begins with the head. */
export const ATTN_RULES: Record<ExplainedSite, Rule> = {
  hook_q: projection("query", "Q", (place, [head, query, d]) =>
    isRotary(place)
      ? rotationReaders(place, local(place, "hook_rot_q"), head, query, d)
      : [slice(local(place, "step_dot"), head, query, null)],
  ),
  hook_k: projection("key", "K", (place, [kvHead, key, d]) =>
    isRotary(place)
      ? rotationReaders(place, local(place, "hook_rot_k"), kvHead, key, d)
      : readByGroup(place, "step_dot", kvHead, null, key),
  ),
  hook_v: projection("value", "V", (place, [kvHead, , d]) => readByGroup(place, "hook_z", kvHead, null, d)),
  hook_rot_q: {
    explain: (place, index) => ({ formula: "rotary", expression: rotated(place, "hook_q", index) }),
    next: (place, [head = -1, query = -1]) => [slice(local(place, "step_dot"), head, query, null)],
  },
  hook_rot_k: {
    explain: (place, index) => ({ formula: "rotary", expression: rotated(place, "hook_k", index) }),
    next: (place, [kvHead = -1, key = -1]) => readByGroup(place, "step_dot", kvHead, null, key),
  },
  step_dot: {
    explain: (place, index) => {
      const [head, query, key] = entries(index);
      const prefix = isRotary(place) ? "hook_rot_" : "hook_";
      return {
        formula: "dot",
        expression: dot(
          slice(local(place, `${prefix}q`), head, query, null),
          slice(local(place, `${prefix}k`), groupOf(attentionOf(place), head), key, null),
        ),
      };
    },
    next: same("step_scaled"),
  },
  step_scaled: {
    explain: (place, index) => ({
      formula: "scaled",
      expression: product(
        constant("scale", attentionOf(place).scale),
        cell(local(place, "step_dot"), ...index),
      ),
    }),
    next: same("hook_attn_scores"),
  },
  step_bias: {
    explain: (place, index) => {
      const [head, query, key] = entries(index);
      return bias(place, head, query, key);
    },
    next: same("hook_attn_scores"),
  },
  hook_attn_scores: {
    explain: (place, index) => {
      const [, query, key] = entries(index);
      const attention = attentionOf(place);
      const masked = constant("mask", attention.maskValue);
      if (!sees(attention.mask, query, key, 1 + Math.max(query, key)))
        return { formula: "masked", expression: masked };
      const parts = ["step_scaled", ...(hasBias(attention) ? ["step_bias"] : [])];
      const score = sum(...parts.map((part) => cell(local(place, part), ...index)));
      return {
        formula: "scores",
        expression: isPadded(place) ? { op: "unlessPadding", key, of: score, otherwise: masked } : score,
      };
    },
    next: (place, index) => [...same("step_exp")(place, index), ...row("step_row_max")(place, index)],
  },
  step_row_max: {
    explain: (place, [head = -1, query = -1]) => ({
      formula: "rowMax",
      expression: cooled(place, {
        op: "greatest",
        of: slice(local(place, "hook_attn_scores"), head, query, null),
      }),
    }),
    next: wholeRow("step_exp"),
  },
  step_exp: {
    explain: (place, index) => {
      const [head, query] = entries(index);
      const score = cooled(place, cell(local(place, "hook_attn_scores"), ...index));
      const greatest = cell(local(place, "step_row_max"), head, query, 0);
      const exponent: Expression = { op: "difference", of: [score, greatest] };
      return { formula: "exp", expression: { op: "exp", of: exponent } };
    },
    next: (place, index) => [...same("hook_pattern")(place, index), ...row("step_row_sum")(place, index)],
  },
  step_row_sum: {
    explain: (place, [head = -1, query = -1]) => ({
      formula: "rowSum",
      expression: { op: "total", of: slice(local(place, "step_exp"), head, query, null) },
    }),
    next: wholeRow("hook_pattern"),
  },
  hook_pattern: {
    explain: (place, index) => {
      const [head, query] = entries(index);
      const total = cell(local(place, "step_row_sum"), head, query, 0);
      return {
        formula: "pattern",
        expression: { op: "quotient", of: [cell(local(place, "step_exp"), ...index), total] },
      };
    },
    next: (place, [head = -1, query = -1]) => [slice(local(place, "hook_z"), head, query, null)],
  },
  hook_z: {
    explain: (place, index) => {
      const [head, query, d] = entries(index);
      return {
        formula: "mix",
        expression: dot(
          slice(local(place, "hook_pattern"), head, query, null),
          slice(local(place, "hook_v"), groupOf(attentionOf(place), head), null, d),
        ),
      };
    },
    next: (place, [head = -1, query = -1]) => [
      slice(local(place, "hook_result"), head, query, null),
      slice(`${place.prefix}${outputOf(place)}`, query, null),
    ],
  },
  hook_result: {
    explain: (place, index) => {
      const [head, query, d] = entries(index);
      return { formula: "headResult", expression: headWrite(place, head, query, d) };
    },
    next: (place, [, query = -1, d = -1]) => [slice(`${place.prefix}${outputOf(place)}`, query, d)],
  },
};

/** What one head writes at [query, d]: z · W_O, over the head's own rows of W_O. */
export function headWrite(place: Place, head: number, query: number, d: number): Expression {
  const { dHead } = attentionOf(place);
  const rows = { from: head * dHead, length: dHead };
  return dot(
    slice(local(place, "hook_z"), head, query, null),
    weight(`${weightPrefix(place)}${place.part}.W_O`, rows, d),
  );
}

/** A score divided by the temperature, where there is one. */
function cooled(place: Place, score: Expression): Expression {
  const { normaliser } = attentionOf(place);
  const temperature = "temperature" in normaliser ? normaliser.temperature : 1;
  return temperature === 1 ? score : { op: "quotient", of: [score, constant("temperature", temperature)] };
}

/** The key/value head that a query head reads. */
export function groupOf({ nHeads, nKvHeads }: AttentionSpec, head: number): number {
  return Math.floor((head * nKvHeads) / nHeads);
}

function projection(
  formula: FormulaId & ("query" | "key" | "value"),
  letter: "Q" | "K" | "V",
  next: (place: Place, index: readonly [number, number, number]) => readonly SiteReference[],
): Rule {
  return {
    explain: (place, index) => {
      const [head, pos, d] = entries(index);
      const column = head * attentionOf(place).dHead + d;
      const name = `${weightPrefix(place)}${place.part}.`;
      return {
        formula,
        expression: sum(
          dot(slice(readBy(place, letter), pos, null), weight(`${name}W_${letter}`, null, column)),
          optional(`${name}b_${letter}`, 0, column),
        ),
      };
    },
    next: (place, index) => next(place, entries(index)),
  };
}

/** The site whose rows are projected: cross-attention takes its keys and values from the encoder. */
function readBy(place: Place, letter: "Q" | "K" | "V"): string {
  if (place.part === "cross_attn" && letter !== "Q") return memoryOf(place.spec);
  const { layer } = blockOf(place);
  const sublayer = sublayers(place.stack, layer).find((each) => each.kind === place.part);
  if (sublayer === undefined) throw new RangeError(`block ${layer} has no ${place.part}`);
  return sublayer.reads;
}

function isRotary(place: Place): boolean {
  return attentionOf(place).positions.kind === "rotary";
}

function hasBias({ positions }: AttentionSpec): boolean {
  return positions.kind === "buckets" || positions.kind === "alibi";
}

/** Padding is said of the first stack's positions; a decoder's own keys are never padding. */
function isPadded(place: Place): boolean {
  return place.part === "cross_attn" || place.stack === place.spec.stacks[0];
}

function outputOf(place: Place): string {
  return place.part === "cross_attn" ? "hook_cross_attn_out" : "hook_attn_out";
}

function local(place: Place, name: string): string {
  return `${place.prefix}${place.part}.${name}`;
}

function same(name: string): Rule["next"] {
  return (place, index) => [slice(local(place, name), ...index)];
}

function row(name: string): Rule["next"] {
  return (place, [head = -1, query = -1]) => [slice(local(place, name), head, query, 0)];
}

function wholeRow(name: string): Rule["next"] {
  return (place, [head = -1, query = -1]) => [slice(local(place, name), head, query, null)];
}

/** One reference for each query head that reads this key/value head. */
function readByGroup(
  place: Place,
  name: string,
  kvHead: number,
  second: number | null,
  third: number,
): readonly SiteReference[] {
  const attention = attentionOf(place);
  return Array.from({ length: attention.nHeads }, (_, head) => head)
    .filter((head) => groupOf(attention, head) === kvHead)
    .map((head) => slice(local(place, name), head, second, third));
}
