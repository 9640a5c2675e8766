import type { Rng } from "../rng";

/** How the next token is chosen. */
export interface SamplingOptions {
  /** Logits are divided by it; 0 puts everything on the best token. */
  readonly temperature: number;
  /** Only the k most probable tokens; null: all. */
  readonly topK: number | null;
  /** Of those, the fewest whose probabilities reach p; null: all. */
  readonly topP: number | null;
}

export interface Distribution {
  /** softmax(logits / temperature) over the whole vocabulary. [d_vocab] */
  readonly probabilities: Float32Array;
  /** The ids that can be drawn, most probable first (of equals, the lower id). */
  readonly kept: readonly number[];
  /** Their probabilities, scaled to sum to 1; same order. */
  readonly keptProbabilities: readonly number[];
}

/** log softmax(logits): logits − max − log Σ e^(logits − max). −∞ stays −∞. [d_vocab] */
export function logSoftmax(logits: Float32Array): Float64Array {
  let max = Number.NEGATIVE_INFINITY;
  for (let id = 0; id < logits.length; id++) max = Math.max(max, logits[id]);
  let sum = 0;
  for (let id = 0; id < logits.length; id++) sum += Math.exp(logits[id] - max);
  const log = Math.log(sum);
  const result = new Float64Array(logits.length);
  for (let id = 0; id < logits.length; id++) result[id] = logits[id] - max - log;
  return result;
}

/** Index of the largest logit; of equals, the first. */
export function argmax(logits: ArrayLike<number>): number {
  let best = 0;
  for (let id = 1; id < logits.length; id++) if (logits[id] > logits[best]) best = id;
  return best;
}

/**
 * The distribution of the next token: temperature, then top-k, then top-p on what is left (Holtzman et al. 2020), as
 * Hugging Face transformers orders them (equations 62–64 of docs/maths.md). Options outside their range count as the nearest sensible value.
 */
export function distribution(logits: Float32Array, options: SamplingOptions): Distribution {
  const probabilities = temper(logits, options.temperature);
  const ids = Array.from(probabilities.keys()).filter((id) => probabilities[id] > 0);
  ids.sort((a, b) => probabilities[b] - probabilities[a] || a - b);
  const most = options.topK === null ? ids.length : Math.max(1, Math.floor(options.topK));
  const top = ids.slice(0, most);
  const topTotal = total(probabilities, top);
  const kept: number[] = [];
  let reached = 0;
  for (const id of top) {
    if (kept.length > 0 && reached >= (options.topP ?? 1) * topTotal) break;
    kept.push(id);
    reached += probabilities[id];
  }
  return {
    probabilities,
    kept,
    keptProbabilities: kept.map((id) => probabilities[id] / reached),
  };
}

function temper(logits: Float32Array, temperature: number): Float32Array {
  if (temperature > 0) {
    const max = logits.reduce((most, logit) => Math.max(most, logit), Number.NEGATIVE_INFINITY);
    const exps = Float64Array.from(logits, (logit) => Math.exp((logit - max) / temperature));
    const sum = exps.reduce((all, exp) => all + exp, 0);
    return Float32Array.from(exps, (exp) => exp / sum);
  }
  const one = new Float32Array(logits.length);
  one[argmax(logits)] = 1;
  return one;
}

function total(probabilities: Float32Array, ids: readonly number[]): number {
  return ids.reduce((sum, id) => sum + probabilities[id], 0);
}

/** Draws an id from what was kept. */
export function sample({ kept, keptProbabilities }: Distribution, rng: Rng): number {
  let left = rng.uniform();
  for (let n = 0; n < kept.length - 1; n++) {
    left -= keptProbabilities[n];
    if (left < 0) return kept[n];
  }
  return kept[kept.length - 1];
}
