import type { Tensor } from "../../engine/tensor";
import type { Token } from "../../engine/trace";
import { row } from "../matrix";
import { entropyOf } from "./entropy";

/** The text that heads are judged on. */
export interface HeadText {
  readonly queries: readonly Token[];
  readonly keys: readonly Token[];
  /** Whether keys belong to another text than queries (cross-attention). */
  readonly cross: boolean;
  /** Whether positions are patches of an image, which have no ids to repeat. */
  readonly image: boolean;
  /** Whether the mask lets a query see a key. */
  readonly sees: (query: number, key: number) => boolean;
}

/** What is known of one head. */
export interface HeadView {
  /** [query_pos, key_pos] */
  readonly pattern: Tensor;
  /** Measured on an evaluation set, not on this text: the share of pronouns whose strongest noun is the right one. */
  readonly coreference: number | null;
}

export interface LabelKind {
  /** 0…1: how much a head does this on this text; null where the text gives no occasion. */
  readonly scorer: (text: HeadText) => (head: HeadView) => number | null;
  /** From which score on the head is called so. */
  readonly threshold: number;
  /** A broad description, used only where no particular one fits. */
  readonly general: boolean;
}

/** Distance up to which a key counts as near. */
const NEAR = 3;

/** What a head can be called. Scores are shares of attention, averaged over the queries that have the occasion. */
export const LABELS = {
  previous: particular((text, query) => (text.cross ? [] : [query - 1])),
  next: particular((text, query) => (text.cross ? [] : [query + 1])),
  first: particular((text, query) => (query === 0 && !text.cross ? [] : [0])),
  self: particular((text, query) => (text.cross || query === 0 ? [] : [query])),
  separator: particular((text, query) =>
    indices(text.keys, (key, at) => (text.cross || at !== query) && at > 0 && separates(key)),
  ),
  duplicate: particular((text, query) =>
    repeated(text, (key) => key !== query && text.keys[key]?.id === text.queries[query]?.id),
  ),
  /** Keys whose predecessor is the query's own token: "A B … A" looks at B (Olsson et al. 2022). */
  induction: particular((text, query) =>
    repeated(
      text,
      (key) => key <= query && key - 1 !== query && text.keys[key - 1]?.id === text.queries[query]?.id,
    ),
  ),
  /** Of two nouns one is right by chance half the time, so that much more than half is asked for. */
  coreference: { scorer: () => (head) => head.coreference, threshold: 0.9, general: false },
  local: { scorer: localScorer, threshold: 0.7, general: true },
  broad: { scorer: broadScorer, threshold: 0.7, general: true },
} as const satisfies Record<string, LabelKind>;

export type Label = keyof typeof LABELS;
export type LabelScores = Readonly<Record<Label, number | null>>;

/** Every label's score for a head, on one text: what depends on the text alone is worked out once for all heads. */
export function labelScorer(text: HeadText): (head: HeadView) => LabelScores {
  const scorers = Object.entries(LABELS).map(
    ([label, kind]: [string, LabelKind]) => [label, kind.scorer(text)] as const,
  );
  return (head) => Object.fromEntries(scorers.map(([label, score]) => [label, score(head)])) as LabelScores;
}

/** The name that fits best: the highest particular score above its threshold, else the highest general one, else null. */
export function bestLabel(scores: LabelScores): { label: Label; score: number } | null {
  const fitting = Object.entries(LABELS).flatMap(([name, kind]: [string, LabelKind]) => {
    const label = name as Label;
    const score = scores[label];
    return score !== null && score >= kind.threshold ? [{ label, score, general: kind.general }] : [];
  });
  const best = fitting.toSorted((a, b) => Number(a.general) - Number(b.general) || b.score - a.score)[0];
  return best === undefined ? null : { label: best.label, score: best.score };
}

/** A label whose score is the share of attention that goes to the keys which `targets` names for each query. */
function particular(targets: (text: HeadText, query: number) => readonly number[]): LabelKind {
  return {
    scorer: (text) => {
      const occasions = text.queries.flatMap((_, query) => {
        const keys = targets(text, query).filter((key) => key in text.keys && text.sees(query, key));
        return keys.length === 0 ? [] : [{ query, keys }];
      });
      return ({ pattern }) => mean(occasions, ({ query, keys }) => shareOf(row(pattern, query), keys));
    },
    threshold: 0.4,
    general: false,
  };
}

/** Mean of a number over a text's occasions; null where there is none. */
function mean<T>(occasions: readonly T[], value: (occasion: T) => number): number | null {
  if (occasions.length === 0) return null;
  return occasions.reduce((sum, occasion) => sum + value(occasion), 0) / occasions.length;
}

function shareOf(attention: Float32Array, keys: readonly number[]): number {
  return keys.reduce((sum, key) => sum + (attention[key] ?? 0), 0);
}

function indices(keys: readonly Token[], fits: (key: Token, at: number) => boolean): readonly number[] {
  return keys.flatMap((key, at) => (fits(key, at) ? [at] : []));
}

/** Keys chosen by their ids, where queries and keys are one text that has ids. */
function repeated(text: HeadText, fits: (key: number) => boolean): readonly number[] {
  return text.cross || text.image ? [] : indices(text.keys, (_, key) => fits(key));
}

/** Special tokens and pieces of nothing but punctuation (Clark et al. 2019, §3.2). */
function separates(token: Token): boolean {
  return token.special || /^[\p{P}\s]+$/u.test(token.text);
}

/** Share of attention within NEAR positions, over the queries that have keys farther behind. */
function localScorer(text: HeadText): (head: HeadView) => number | null {
  const occasions = text.queries.flatMap((_, query) =>
    text.cross || query <= NEAR
      ? []
      : [{ query, keys: indices(text.keys, (__, key) => Math.abs(query - key) <= NEAR) }],
  );
  return ({ pattern }) => mean(occasions, ({ query, keys }) => shareOf(row(pattern, query), keys));
}

/** Entropy as a share of the greatest that the visible keys allow, over the queries that see at least two. */
function broadScorer(text: HeadText): (head: HeadView) => number | null {
  const occasions = text.queries.flatMap((_, query) => {
    const visible = indices(text.keys, (__, key) => text.sees(query, key)).length;
    return visible < 2 ? [] : [{ query, visible }];
  });
  return ({ pattern }) =>
    mean(occasions, ({ query, visible }) => entropyOf(row(pattern, query)) / Math.log2(visible));
}
