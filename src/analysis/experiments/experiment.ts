import type { Edit } from "../../engine/edits";
import type { Tensor } from "../../engine/tensor";
import type { RunInput, Trace } from "../../engine/trace";

/** One forward pass of the model under study, with the sites that the experiment reads. */
export type ExperimentRun = (input: RunInput, edits: readonly Edit[]) => Promise<Pick<Trace, "sites">>;

/** How an experiment of many passes is watched and stopped. */
export interface Watch {
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

/** Runs jobs one after another and tells how many are done; throws the signal's reason as soon as it is aborted. */
export async function inTurn<J, R>(
  jobs: readonly J[],
  { onProgress, signal }: Watch,
  work: (job: J) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  for (const job of jobs) {
    signal.throwIfAborted();
    results.push(await work(job));
    onProgress(results.length, jobs.length);
  }
  signal.throwIfAborted();
  return results;
}

/** A site that an experiment reads. Throws where the run did not capture it. */
export function siteOf(trace: Pick<Trace, "sites">, name: string): Tensor {
  const tensor = trace.sites[name as keyof Trace["sites"]];
  if (tensor === undefined) throw new Error(`the experiment needs the site ${name}: capture it`);
  return tensor;
}

/** Mean and standard deviation (of the sample) of some numbers. */
export interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)) };
}

/** Euclidean distance of two vectors of one length. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += ((a[at] ?? 0) - (b[at] ?? 0)) ** 2;
  return Math.sqrt(sum);
}
