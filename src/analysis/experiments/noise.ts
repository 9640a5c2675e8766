import type { RunInput } from "../../engine/trace";
import { gather } from "../explain/lookup";
import { normOf } from "../matrix";
import {
  distance,
  type ExperimentRun,
  inTurn,
  type Spread,
  siteOf,
  spreadOf,
  type Watch,
} from "./experiment";

export interface NoiseOptions {
  readonly input: RunInput;
  /** The attention: `blocks.0.attn`. */
  readonly attention: string;
  readonly head: number;
  readonly query: number;
  /** Standard deviations of the noise on the scores. */
  readonly sigmas: readonly number[];
  /** Passes for each of them. */
  readonly draws: number;
  readonly seed: number;
}

/** How far one head's mix of values moves under noise of one strength. */
export interface NoiseResult {
  readonly sigma: number;
  /** ‖o′ − o‖/‖o‖ over the draws. */
  readonly moved: Spread;
}

/**
 * Noise on one row of scores, and how far o = softmax(s + σε)V moves: softmax averages independent noise out. Every draw
 * is a pass of its own with its own seed. Equation 59 of docs/maths.md. Reads `{attention}.hook_z`.
 */
export async function noiseRobustness(
  run: ExperimentRun,
  { input, attention, head, query, sigmas, draws, seed }: NoiseOptions,
  watch: Watch,
): Promise<readonly NoiseResult[]> {
  const mixOf = async (edits: Parameters<ExperimentRun>[1]) =>
    gather(siteOf(await run(input, edits), `${attention}.hook_z`), [head, query, null]);
  const still = await mixOf([]);
  const jobs = sigmas.flatMap((sigma) =>
    Array.from({ length: draws }, (_, draw) => ({ sigma, seed: seed + draw })),
  );
  const moves = await inTurn(jobs, watch, async ({ sigma, seed: own }) => {
    const site = `${attention}.hook_attn_scores`;
    const moved = await mixOf([{ kind: "noise", site, at: { head, query }, sigma, seed: own }]);
    return { sigma, moved: distance(moved, still) / normOf(still) };
  });
  return sigmas.map((sigma, at) => ({
    sigma,
    moved: spreadOf(moves.slice(at * draws, (at + 1) * draws).map((move) => move.moved)),
  }));
}
