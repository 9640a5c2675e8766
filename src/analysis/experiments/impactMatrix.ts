import type { Tensor } from "../../engine/tensor";
import type { RunInput } from "../../engine/trace";
import { pattern, row } from "../matrix";
import { distance, type ExperimentRun, inTurn, siteOf, type Watch } from "./experiment";

export interface ImpactOptions {
  readonly input: RunInput;
  /** Id of the mask token. */
  readonly maskId: number;
  /** Token positions of each word; special tokens are in none. */
  readonly words: readonly (readonly number[])[];
  /** Where states are read: the output of the last block. */
  readonly site: string;
}

/**
 * Perturbed masking (Wu et al. 2020): f(i, j) = ‖H(x∖{i})_i − H(x∖{i, j})_i‖, how much word j matters to the state of the
 * masked word i. A word is masked with all its pieces, its state is their mean. Equation 58 of docs/maths.md. Takes
 * n(n + 1)/2 passes. → [word i, word j], zero on the diagonal
 */
export async function impactMatrix(
  run: ExperimentRun,
  options: ImpactOptions,
  watch: Watch,
): Promise<Tensor> {
  const { words, site } = options;
  const pairs = words.flatMap((_, i) => words.slice(i).map((__, offset) => [i, i + offset] as const));
  const states = await inTurn(pairs, watch, async ([i, j]) => {
    const trace = await run(masked(options, [i, j]), []);
    const tensor = siteOf(trace, site);
    return { i, j, ofI: meanState(tensor, words[i] ?? []), ofJ: meanState(tensor, words[j] ?? []) };
  });
  const stateOf = new Map(
    states.flatMap(({ i, j, ofI, ofJ }) => [[`${i} ${j}`, ofI] as const, [`${j} ${i}`, ofJ] as const]),
  );
  const state = (i: number, j: number) => stateOf.get(`${i} ${j}`) ?? new Float64Array();
  return pattern(words.length, words.length, (i, j) => distance(state(i, i), state(i, j)));
}

/** The input with the pieces of some words replaced by the mask token. */
function masked({ input, maskId, words }: ImpactOptions, hidden: readonly number[]): RunInput {
  const positions = new Set(hidden.flatMap((word) => words[word] ?? []));
  return { ...input, ids: input.ids.map((id, position) => (positions.has(position) ? maskId : id)) };
}

/** Mean of the rows at some positions. [pos, d_model] → [d_model] */
function meanState(states: Tensor, positions: readonly number[]): Float64Array {
  const mean = new Float64Array(states.shape.at(-1) ?? 0);
  for (const position of positions) {
    row(states, position).forEach((value, d) => {
      mean[d] = (mean[d] ?? 0) + value / positions.length;
    });
  }
  return mean;
}
