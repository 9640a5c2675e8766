import type { Edit } from "../engine/edits";
import type { RunInput, Trace } from "../engine/trace";
import type { Input, ModelFacts, Progress } from "../worker/engine";
import type { Failure } from "../worker/failure";

export type { Failure } from "../worker/failure";

/** What a figure shows. `model` is the id of a model of the registry. */
export type Source =
  | { readonly kind: "text"; readonly model: string; readonly text: string }
  | { readonly kind: "pair"; readonly model: string; readonly text: string; readonly second: string }
  | { readonly kind: "seq2seq"; readonly model: string; readonly text: string; readonly target: string }
  | { readonly kind: "ids"; readonly model: string; readonly ids: readonly number[] };

/** One forward pass as asked for. */
export interface Run {
  readonly source: Source;
  /** Changes of sites, applied where they are recorded. */
  readonly edits: readonly Edit[];
  /** Seed of everything random about the run. */
  readonly seed: number;
}

export type RunStatus = "empty" | "loading" | "running" | "ready" | "failed";

/** One run and what came of it. */
export interface RunState {
  readonly run: Run;
  /** "empty" where there is no token to run on. */
  readonly status: RunStatus;
  /** While the model loads. */
  readonly progress: Progress | null;
  /** The last good trace: kept on screen while a new one is under way and after a failure. */
  readonly trace: Trace | null;
  /** What the pass of `trace` read; null for a stored trace. */
  readonly input: RunInput | null;
  /** Whether `trace` belongs to an earlier text or model than `run` (or is the stored example). */
  readonly stale: boolean;
  readonly error: Failure | null;
  /** Duration of the forward pass of `trace` in milliseconds; null for a stored trace. */
  readonly ms: number | null;
  /** Tokens that were typed and the first of them that fit the model's context. */
  readonly length: { readonly typed: number; readonly shown: number } | null;
  /** What is known of the model of `trace`; null before it has loaded. */
  readonly facts: ModelFacts | null;
}

/** The run before anything has happened. */
export function freshRun(run: Run): RunState {
  return {
    run,
    status: "loading",
    progress: null,
    trace: null,
    input: null,
    stale: true,
    error: null,
    ms: null,
    length: null,
    facts: null,
  };
}

/** The typed text of a source; empty for bare ids. */
export function textOf(source: Source | undefined): string {
  return source === undefined || source.kind === "ids" ? "" : source.text;
}

/** What the engine reads of a source. */
export function inputOf(source: Source): Input {
  switch (source.kind) {
    case "ids":
      return { ids: source.ids };
    case "pair":
      return { text: source.text, second: source.second };
    case "seq2seq":
      return { text: source.text, target: source.target };
    case "text":
      return { text: source.text };
    default:
      return source satisfies never;
  }
}
