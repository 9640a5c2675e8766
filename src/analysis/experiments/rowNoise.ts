import { createRng } from "../../engine/rng";
import { normOf } from "../matrix";
import { softmax } from "../softmaxJacobian";
import { distance, type Spread, spreadOf } from "./experiment";

export interface RowNoiseOptions {
  /** One row of scores; −∞ where a key is hidden. [key_pos] */
  readonly scores: Float32Array;
  /** [key_pos, d_head] */
  readonly values: Float32Array;
  readonly sigma: number;
  readonly draws: number;
  readonly seed: number;
}

/** What noise on one row of scores does. */
export interface RowNoise {
  /** ‖o′ − o‖/‖o‖ over the draws. */
  readonly mix: Spread;
  /** |a′ − a|/a over the draws and the visible keys. */
  readonly share: Spread;
  /** ‖mean of o′ − o‖/‖o‖. */
  readonly bias: number;
}

/**
 * o = softmax(s + σε)V of one row, with independent noise in every draw: what noiseRobustness measures with a pass for
 * each draw, since noise on the scores of a row changes nothing else before o. Equation 59 of docs/maths.md.
 */
export function rowNoise({ scores, values, sigma, draws, seed }: RowNoiseOptions): RowNoise {
  const still = softmax(scores);
  const o = mix(still, values);
  const mean = new Float64Array(o.length);
  const moved: number[] = [];
  const shares: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const rng = createRng(seed + draw);
    const noisy = softmax(scores.map((score) => score + sigma * rng.normal()));
    const out = mix(noisy, values);
    moved.push(distance(out, o) / normOf(o));
    still.forEach((share, key) => {
      if (share > 0) shares.push(Math.abs((noisy[key] ?? 0) - share) / share);
    });
    out.forEach((value, d) => {
      mean[d] = (mean[d] ?? 0) + value / draws;
    });
  }
  return { mix: spreadOf(moved), share: spreadOf(shares), bias: distance(mean, o) / normOf(o) };
}

/** Σ_j a_j v_j. [key_pos], [key_pos, d] → [d] */
function mix(shares: Float64Array, values: Float32Array): Float64Array {
  const width = values.length / shares.length;
  const out = new Float64Array(width);
  shares.forEach((share, key) => {
    for (let d = 0; d < width; d++) out[d] = (out[d] ?? 0) + share * (values[key * width + d] ?? 0);
  });
  return out;
}
