import { type Distribution, distribution } from "../../engine/decode/sampling";
import type { SessionState } from "../../store/session";
import { largestFirst } from "../../viz/ranking";

/** All outcomes in their order, and what the settings leave of them. */
export interface Ranking {
  readonly distribution: Distribution;
  /** Ids, most likely first. */
  readonly order: readonly number[];
  readonly drawn: ReadonlyMap<number, number>;
}

/** All outcomes by rank. In a session's settings a top-k of 0 and a top-p of 1 cut nothing. */
export function rank(logits: Float32Array, { temperature, topK, topP }: SessionState["sampling"]): Ranking {
  const made = distribution(logits, {
    temperature,
    topK: topK === 0 ? null : topK,
    topP: topP === 1 ? null : topP,
  });
  return {
    distribution: made,
    order: largestFirst(logits),
    drawn: new Map(made.kept.map((id, at) => [id, made.keptProbabilities[at] ?? 0])),
  };
}

/** The ranks whose text contains what is sought, ignoring case; all of them when nothing is. */
export function found(
  order: readonly number[],
  texts: readonly string[] | null,
  sought: string,
): readonly number[] {
  const ranks = order.map((_, at) => at);
  if (sought === "" || texts === null) return ranks;
  const wanted = sought.toLowerCase();
  return ranks.filter((at) => (texts[order[at] ?? 0] ?? "").toLowerCase().includes(wanted));
}
