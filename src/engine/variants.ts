import { VariantError } from "./errors";
import type {
  Changed,
  InputPositions,
  MaskSpec,
  ModelSpec,
  Normaliser,
  PositionPlace,
  RelativeUse,
} from "./spec";
import {
  changeHeads,
  changeMask,
  changeMaskValue,
  changeNormaliser,
  changeScale,
} from "./variants/attention";
import { changeNorm, changePlace, changeResidual, changeUnit } from "./variants/block";
import { changeContext, changePositions } from "./variants/positions";
import { changeScore } from "./variants/score";
import { weightNames } from "./weights";

/** Blocks that a change is of: one layer of every stack, or without it all. */
export interface Scope {
  readonly layer?: number;
}

/** A score rule by name; what is left out has a usual size. `length` of the Synthesizer's rules: at most 128 positions. */
export type ScoreChoice =
  | { readonly rule: "dot" }
  | { readonly rule: "additive"; readonly width?: number }
  | { readonly rule: "dense"; readonly hidden?: number }
  | { readonly rule: "factorisedDense" }
  | { readonly rule: "random" }
  | { readonly rule: "factorisedRandom"; readonly rank?: number }
  | { readonly rule: "mixture"; readonly of: readonly Exclude<ScoreChoice["rule"], "mixture" | "linear">[] }
  | {
      readonly rule: "linear";
      readonly features: "elu" | "positiveRandom";
      readonly count?: number;
      readonly seed?: number;
    };

/** One change of an architecture. Plain data: it can be stored, sent and put in a link. */
export type VariantChange =
  /** What multiplies the scores: a number, 1, 1/√d_head or 1/d_head. */
  | (Scope & { readonly kind: "scale"; readonly by: number | "none" | "root" | "width" })
  /** The score of hidden cells: −∞ or a finite number. */
  | (Scope & { readonly kind: "maskValue"; readonly value: number })
  | (Scope & { readonly kind: "mask"; readonly mask: MaskSpec })
  | (Scope & { readonly kind: "score"; readonly score: ScoreChoice })
  | (Scope & { readonly kind: "normaliser"; readonly normaliser: Normaliser })
  /** A scheme that the model has already keeps its numbers; only where and how it is used changes. */
  | {
      readonly kind: "positions";
      readonly scheme: InputPositions["kind"] | "buckets" | "rotary" | "alibi";
      readonly at?: PositionPlace;
      readonly use?: RelativeUse;
      readonly past?: "refuse" | "repeat";
    }
  /** The blocks' norms: their ε is the model's own where it is left out; `affine` false leaves γ and β out. */
  | (Scope & {
      readonly kind: "norm";
      readonly norm: "layer" | "rms" | "none";
      readonly eps?: number;
      readonly affine?: false;
    })
  | (Scope & { readonly kind: "place"; readonly place: "pre" | "post" })
  | (Scope & { readonly kind: "residual"; readonly residual: boolean })
  /** A gated attention unit, `width` wide (2·d_model) with queries and keys of `dHead` (128, or d_model if that is less). */
  | (Scope & { readonly kind: "gatedUnit"; readonly width?: number; readonly dHead?: number })
  /** All heads as one, each as two, or some left out. */
  | (Scope & { readonly kind: "heads"; readonly heads: "merge" | "split" | readonly number[] })
  /** The longest input, where positions allow more than the model was trained on. */
  | { readonly kind: "context"; readonly length: number }
  /** How weights that the model lacks are drawn; `all`: every weight of it. */
  | {
      readonly kind: "weights";
      readonly init: "normal" | "xavier";
      readonly seed: number;
      readonly all: boolean;
    };

/** Changes in order: each is made on what those before it left, so that of two that contradict the later holds. */
export type Variant = readonly VariantChange[];

const RANDOM: Changed["random"] = { init: "normal", seed: 1, all: false };

/**
 * The architecture with the changes made; without any, the same object. What each changed part stands on is in `changed`.
 * Throws VariantError for a change that this architecture cannot have.
 */
export function applyVariant(spec: ModelSpec, variant: Variant): ModelSpec {
  const own = new Map(weightNames(spec).map(({ name, shape }) => [name, shape.join()]));
  return variant.reduce((before, change) => {
    const after = applyChange(before, change);
    const needs = weightNames(after).filter(({ optional }) => !optional);
    const random = needs.filter(({ name, shape }) => own.get(name) !== shape.join());
    const known = new Set(weightNames(before).map(({ name, shape }) => `${name} ${shape.join()}`));
    const isNew = random.some(({ name, shape }) => !known.has(`${name} ${shape.join()}`));
    return withPart(after, change, isNew);
  }, spec);
}

function withPart(spec: ModelSpec, change: VariantChange, isNew: boolean): ModelSpec {
  const { parts, random } = spec.changed ?? { parts: [], random: RANDOM };
  if (change.kind === "weights") {
    const { init, seed, all } = change;
    return { ...spec, changed: { parts, random: { init, seed, all } } };
  }
  const part = { part: change.kind, source: isNew ? "random" : "loaded" } as const;
  return {
    ...spec,
    changed: { parts: [...parts.filter((other) => other.part !== part.part), part], random },
  };
}

function applyChange(spec: ModelSpec, change: VariantChange): ModelSpec {
  checkLayer(spec, change);
  switch (change.kind) {
    case "scale":
      return changeScale(spec, change);
    case "maskValue":
      return changeMaskValue(spec, change);
    case "mask":
      return changeMask(spec, change);
    case "score":
      return changeScore(spec, change);
    case "normaliser":
      return changeNormaliser(spec, change);
    case "positions":
      return changePositions(spec, change);
    case "norm":
      return changeNorm(spec, change);
    case "place":
      return changePlace(spec, change);
    case "residual":
      return changeResidual(spec, change);
    case "gatedUnit":
      return changeUnit(spec, change);
    case "heads":
      return changeHeads(spec, change);
    case "context":
      return changeContext(spec, change);
    case "weights":
      return spec;
    default:
      return change satisfies never;
  }
}

function checkLayer({ stacks }: ModelSpec, change: VariantChange): void {
  const layer = "layer" in change ? change.layer : undefined;
  if (layer !== undefined && !stacks.some(({ layers }) => layers[layer] !== undefined)) {
    throw new VariantError({ change: change.kind, reason: "noLayer" });
  }
}
