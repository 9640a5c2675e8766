import type { Edit } from "../engine/edits";
import type { LinkState } from "../store/link";
import type { Facts } from "./facts";

/** The parts of the course, in its order. */
export const GROUPS = ["questions", "mechanism", "essays", "exam"] as const;
export type Group = (typeof GROUPS)[number];

/** What a figure shows: a link's fields, so that it opens in the full page as it stands. */
export interface Figure extends Partial<Omit<LinkState, "theme" | "language" | "lesson" | "at" | "present">> {
  /**
   * Beginnings of the words that the figure looks from and at, as they stand in its text. Where the figure names no head, it is
   * the one that connects them best.
   */
  readonly look?: readonly [query: string, key: string];
}

export interface StepData {
  /** The id of the `<Step>` of the prose. */
  readonly id: string;
  readonly figure: Figure;
  /** Changes of the run that need the trace to be told: made once it is there. */
  readonly set?: (facts: Facts) => readonly Edit[];
  /** What is put on top of the figure once its question has been answered. */
  readonly revealed?: Figure;
}

/** A question whose answer is computed from the trace of the figure beside it. */
export type Question =
  | {
      readonly kind: "choice";
      /** The ids of the `<Option>`s. */
      readonly options: readonly string[];
      readonly answer: (facts: Facts) => string;
    }
  | {
      readonly kind: "number";
      readonly answer: (facts: Facts) => number;
      /** How far an answer may be off, as a share of the right one. */
      readonly tolerance: number;
      /** How far it may be off besides, where what the reader works with is rounded. */
      readonly slack?: number;
    };

/** What a reader can move, bound to the figure beside it. */
export type Change =
  /** The sentence. */
  | { readonly kind: "text"; readonly suggestions: readonly string[] }
  /** A part of the selection, over all that the model or the sentence has. */
  | { readonly kind: "selection"; readonly of: "layer" | "head" | "query" | "key" | "dimension" }
  /** A number that the engine computes with. */
  | {
      readonly kind: "edit";
      readonly min: number;
      readonly max: number;
      readonly step: number;
      /** The value that changes nothing. */
      readonly rest: number;
      readonly edits: (value: number, facts: Facts) => readonly Edit[];
    }
  /** Figures to choose among, by the ids of the `<Option>`s; each is put on top of the step's own. */
  | { readonly kind: "figure"; readonly figures: Readonly<Record<string, Figure>> };

export interface Source {
  readonly by: string;
  readonly year: number;
  readonly title: string;
  readonly url: string;
}

/** A chapter but for its prose, which is in en.mdx and zh.mdx beside it. */
export interface Chapter {
  readonly group: Group;
  /** The rows of the subject that it covers; test/lessons/subject.ts has them all. */
  readonly rows: readonly string[];
  readonly minutes: number;
  readonly steps: readonly StepData[];
  readonly predict: Question;
  readonly change: Change;
  readonly check: Question;
  /** Numbers of its own that its prose says, as `<Num of="name" />`. */
  readonly numbers?: Readonly<Record<string, (facts: Facts) => number>>;
  /** Positions of its own that its prose names, as `<Token at="name" />`. */
  readonly tokens?: Readonly<Record<string, (facts: Facts) => number>>;
  readonly sources: readonly Source[];
}
