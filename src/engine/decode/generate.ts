import type { PreparedModel } from "../prepare";
import type { Kept } from "../reuse";
import { createRng } from "../rng";
import type { RunInput, Sites } from "../trace";
import { type DecodeOptions, type EndReason, runNext, startIds } from "./prefix";
import { argmax, distribution, logSoftmax, type SamplingOptions, sample } from "./sampling";

/** One emitted token. */
export interface DecodeStep {
  readonly id: number;
  /** log of its probability before temperature, top-k and top-p. */
  readonly logProbability: number;
  /** The ids that the step read. */
  readonly ids: readonly number[];
  /** The trace of the run that emitted it. */
  readonly sites: Sites;
}

export interface DecodeResult {
  /** Start and emitted ids. */
  readonly ids: readonly number[];
  readonly logProbability: number;
  readonly end: EndReason;
}

/** How a token is chosen from its logits. */
export type Choose = (logits: Float32Array) => number;

/** Always the most probable token. */
export const greedy: Choose = argmax;

/** Draws from the tempered and truncated distribution, the same draws for the same seed. */
export function sampler(options: SamplingOptions, seed: number): Choose {
  const rng = createRng(seed);
  return (logits) => sample(distribution(logits, options), rng);
}

/**
 * Emits token after token: one yield each, so that a caller shows progress, pauses, or stops by dropping the generator.
 * Keys and values of earlier positions are reused; the encoder of an encoder–decoder runs once.
 */
export function* generate(
  model: PreparedModel,
  input: RunInput,
  choose: Choose,
  options: DecodeOptions,
): Generator<DecodeStep, DecodeResult> {
  let ids = startIds(model.spec, input);
  let kept: Kept | null = null;
  let logProbability = 0;
  for (let emitted = 0; emitted < options.maxTokens; emitted++) {
    if (ids.length >= model.spec.context) return { ids, logProbability, end: "context" };
    const next = runNext(model, input, ids, options, kept);
    kept = next.kept;
    const id = choose(next.logits);
    const step = logSoftmax(next.logits)[id];
    yield { id, logProbability: step, ids, sites: next.sites };
    ids = [...ids, id];
    logProbability += step;
    if (options.stop.includes(id)) return { ids, logProbability, end: "stop" };
  }
  return { ids, logProbability, end: "max_tokens" };
}
