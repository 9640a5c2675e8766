import type { Edit } from "../engine/edits";
import type { Trace } from "../engine/trace";
import type { ModelFacts, Progress, Sampling, WeightRequest } from "./engine";

/** A loaded model, as the worker's handler uses it. */
export interface LiveModel {
  readonly facts: ModelFacts;
  /** Ids of a text. */
  encode(text: string): readonly number[];
  /** One pass over the ids; `text` is the source that the trace's tokens are aligned with. */
  trace(ids: readonly number[], text: string | null, edits: readonly Edit[]): Trace;
  /** The text that the next sampled token adds to `text`. */
  append(text: string, sampling: Sampling): string;
  weight(request: WeightRequest): Float32Array;
}

/** Loads a model by id. Throws what the loader throws; an aborted load rejects. */
export type LoadModel = (
  id: string,
  base: string,
  listening: { readonly signal: AbortSignal; readonly onProgress: (progress: Progress) => void },
) => Promise<LiveModel>;
