import type { Activation, StackName } from "../../engine/spec";

/** A whole number that the structure alone cannot know: it is read from the input of the run. */
export interface FromInput {
  /**
   * "token": the id at a position; "type": the token type there; "positionRow": the row of the position table there;
   * "last": the last position that is not padding (`at` is 0).
   */
  readonly input: "token" | "type" | "positionRow" | "last";
  readonly stack: StackName;
  readonly at: number;
}

/** `length` entries of an axis, beginning at `from`. */
export interface Range {
  readonly from: number;
  readonly length: number;
}

/** Where on one axis: one entry, an entry that the input decides, some entries, or (null) all of them. */
export type At = number | FromInput | Range | null;

/** Numbers of the trace: one cell, or a vector along the one axis that is open. */
export interface SiteReference {
  readonly site: string;
  readonly index: readonly At[];
}

/** Numbers of a weight, by its canonical name; `absent` is what stands in where the model has no such weight. */
export interface WeightReference {
  readonly weight: string;
  readonly index: readonly At[];
  readonly absent?: number;
}

/** The pixels of one image patch, [channels · patch · patch]. */
export interface PatchReference {
  readonly patch: number;
}

export type Reference = SiteReference | WeightReference | PatchReference;

export type ConstantName =
  | "scale"
  | "epsilon"
  | "mask"
  | "slope"
  | "distance"
  | "position"
  | "wavelength"
  | "angle"
  | "factor"
  | "temperature";

/** How a number was made from others. Leaves are references and constants of the architecture. */
export type Expression =
  | { readonly op: "constant"; readonly name: ConstantName; readonly value: number }
  | { readonly op: "cell"; readonly of: Reference }
  | { readonly op: "sum"; readonly of: readonly Expression[] }
  | { readonly op: "product"; readonly of: readonly Expression[] }
  | { readonly op: "difference"; readonly of: readonly [Expression, Expression] }
  | { readonly op: "quotient"; readonly of: readonly [Expression, Expression] }
  | { readonly op: "exp" | "sqrt" | "sin" | "cos"; readonly of: Expression }
  | { readonly op: "activation"; readonly kind: Activation; readonly of: Expression }
  /** Σ left·right over the open axis. */
  | { readonly op: "dot"; readonly left: Reference; readonly right: Reference }
  | { readonly op: "total" | "greatest" | "mean"; readonly of: Reference }
  /** The mean of (x − about)²; about null: of x². */
  | { readonly op: "meanSquare"; readonly of: Reference; readonly about: Expression | null }
  /** `of` where the key is a real token, `otherwise` where it is padding. */
  | {
      readonly op: "unlessPadding";
      readonly key: number;
      readonly of: Expression;
      readonly otherwise: Expression;
    };

/** One number of the trace. */
export function cell(site: string, ...index: At[]): Expression {
  return { op: "cell", of: { site, index } };
}

/** Numbers of a site along its open axis. */
export function slice(site: string, ...index: At[]): SiteReference {
  return { site, index };
}

/** Numbers of a weight that every such model has. */
export function weight(name: string, ...index: At[]): WeightReference {
  return { weight: name, index };
}

/** One number of a weight that some models lack; `absent` stands in for it. */
export function optional(name: string, absent: number, ...index: At[]): Expression {
  return { op: "cell", of: { weight: name, index, absent } };
}

export function constant(name: ConstantName, value: number): Expression {
  return { op: "constant", name, value };
}

/** Σ of the parts; a single part stays itself. */
export function sum(...of: readonly Expression[]): Expression {
  const [only] = of;
  return of.length === 1 && only !== undefined ? only : { op: "sum", of };
}

export function product(...of: readonly Expression[]): Expression {
  return { op: "product", of };
}

export function dot(left: Reference, right: Reference): Expression {
  return { op: "dot", left, right };
}
