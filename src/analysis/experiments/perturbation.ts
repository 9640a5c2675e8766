import type { RunInput } from "../../engine/trace";
import { row } from "../matrix";
import { distance, type ExperimentRun, siteOf, type Watch } from "./experiment";

export interface PerturbationOptions {
  readonly input: RunInput;
  /** The site that is moved: what enters the first block. */
  readonly site: string;
  readonly position: number;
  /** Standard deviation of what is added to each dimension there. */
  readonly epsilon: number;
  readonly seed: number;
  /** The sites where the movement is measured, each [pos, d_model]. */
  readonly measure: readonly string[];
}

/** How far each position of a site moved, as a multiple of how far the input was moved. */
export interface Movement {
  readonly site: string;
  readonly gain: readonly number[];
}

/**
 * Moves one input by ε and measures how far that movement travels. Run it on a model with and without its residual
 * connections: without them a small change is filtered by attention and may not arrive at all.
 */
export async function perturbation(
  run: ExperimentRun,
  { input, site, position, epsilon, seed, measure }: PerturbationOptions,
  { onProgress, signal }: Watch,
): Promise<readonly Movement[]> {
  signal.throwIfAborted();
  const before = await run(input, []);
  onProgress(1, 2);
  signal.throwIfAborted();
  const after = await run(input, [{ kind: "noise", site, at: { query: position }, sigma: epsilon, seed }]);
  onProgress(2, 2);
  const moved = distance(row(siteOf(before, site), position), row(siteOf(after, site), position));
  return measure.map((name) => {
    const still = siteOf(before, name);
    const shifted = siteOf(after, name);
    const positions = Array.from({ length: still.shape[0] ?? 0 }, (_, at) => at);
    return { site: name, gain: positions.map((at) => distance(row(still, at), row(shifted, at)) / moved) };
  });
}
