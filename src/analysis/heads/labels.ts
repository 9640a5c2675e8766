import type { Tensor } from "../../engine/tensor";
import type { Token } from "../../engine/trace";
import { row, sizeOfMatrix } from "../matrix";
import { entropyOf } from "./entropy";

/** One head's pattern on the text at hand, and what is known of its tokens. */
export interface HeadView {
  /** [query_pos, key_pos] */
  readonly pattern: Tensor;
  readonly queries: readonly Token[];
  readonly keys: readonly Token[];
  /** Whether keys belong to another text than queries (cross-attention). */
  readonly cross: boolean;
  /** Measured on an evaluation set, not on this text: the share of pronouns whose strongest noun is the right one. */
  readonly coreference: number | null;
}

export interface LabelKind {
  /** 0…1: how much the head does this here; null where the text gives no occasion. */
  readonly score: (head: HeadView) => number | null;
  /** From which score on the head is called so. */
  readonly threshold: number;
  /** A broad description, used only where no particular one fits. */
  readonly general: boolean;
}

/** Distance up to which a key counts as near. */
const NEAR = 3;

/** What a head can be called. Scores are shares of attention, averaged over the queries that have the occasion. */
export const LABELS = {
  previous: particular((head, query) => (head.cross ? [] : [query - 1])),
  next: particular((head, query) => (head.cross ? [] : [query + 1])),
  first: particular((_, query) => (query === 0 ? [] : [0])),
  self: particular((head, query) => (head.cross || query === 0 ? [] : [query])),
  separator: particular((head, query) =>
    indices(head.keys, (key, at) => at !== query && at > 0 && separates(key)),
  ),
  duplicate: particular((head, query) =>
    head.cross ? [] : indices(head.keys, (key, at) => at !== query && key.id === head.queries[query]?.id),
  ),
  /** Keys whose predecessor is the query's own token: "A B … A" looks at B (Olsson et al. 2022). */
  induction: particular((head, query) =>
    head.cross
      ? []
      : indices(
          head.keys,
          (_, at) => at <= query && at - 1 !== query && head.keys[at - 1]?.id === head.queries[query]?.id,
        ),
  ),
  coreference: { score: (head) => head.coreference, threshold: 0.5, general: false },
  local: { score: localScore, threshold: 0.7, general: true },
  broad: { score: broadScore, threshold: 0.7, general: true },
} as const satisfies Record<string, LabelKind>;

export type Label = keyof typeof LABELS;
export type LabelScores = Readonly<Record<Label, number | null>>;

/** Every label's score for one head, on the text at hand. */
export function labelScores(head: HeadView): LabelScores {
  const scores = Object.entries(LABELS).map(([label, kind]: [string, LabelKind]) => [
    label,
    kind.score(head),
  ]);
  return Object.fromEntries(scores) as LabelScores;
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
function particular(targets: (head: HeadView, query: number) => readonly number[]): LabelKind {
  return {
    score: (head) => {
      const { rows, columns } = sizeOfMatrix(head.pattern);
      let share = 0;
      let occasions = 0;
      for (let query = 0; query < rows; query++) {
        const keys = targets(head, query).filter((key) => key >= 0 && key < columns);
        if (keys.length === 0) continue;
        const attention = row(head.pattern, query);
        share += keys.reduce((sum, key) => sum + (attention[key] ?? 0), 0);
        occasions++;
      }
      return occasions === 0 ? null : share / occasions;
    },
    threshold: 0.4,
    general: false,
  };
}

function indices(keys: readonly Token[], fits: (key: Token, at: number) => boolean): readonly number[] {
  return keys.flatMap((key, at) => (fits(key, at) ? [at] : []));
}

/** Special tokens and pieces of nothing but punctuation (Clark et al. 2019, §3.2). */
function separates(token: Token): boolean {
  return token.special || /^[\p{P}\s]+$/u.test(token.text);
}

/** Share of attention within NEAR positions, over the queries that have keys farther behind. */
function localScore({ pattern, cross }: HeadView): number | null {
  if (cross) return null;
  const { rows } = sizeOfMatrix(pattern);
  let share = 0;
  let occasions = 0;
  for (let query = NEAR + 1; query < rows; query++) {
    const attention = row(pattern, query);
    const far = (key: number) => Math.abs(query - key) > NEAR;
    share += attention.reduce((sum, value, key) => sum + (far(key) ? 0 : value), 0);
    occasions++;
  }
  return occasions === 0 ? null : share / occasions;
}

/** Entropy as a share of the greatest that the visible keys allow, over the queries that see at least two. */
function broadScore({ pattern }: HeadView): number | null {
  const { rows } = sizeOfMatrix(pattern);
  let share = 0;
  let occasions = 0;
  for (let query = 0; query < rows; query++) {
    const attention = row(pattern, query);
    const visible = attention.filter((value) => value > 0).length;
    if (visible < 2) continue;
    share += entropyOf(attention) / Math.log2(visible);
    occasions++;
  }
  return occasions === 0 ? null : share / occasions;
}
