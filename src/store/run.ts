import type { NotFinite } from "../engine/finite";
import type { RunInput, Trace } from "../engine/trace";
import type { Variant } from "../engine/variants";
import type { Picture } from "../model/image";
import type { AskedEdit, Input, ModelChoice, ModelFacts, Progress, RunRequest } from "../worker/engine";
import type { Failure } from "../worker/failure";

export type { Failure } from "../worker/failure";

/**
 * What a figure shows. `model` is the id of a model of the registry or of one that the reader opened; of a trace that was
 * read from a file it is only the name.
 */
export type Source =
  | { readonly kind: "text"; readonly model: string; readonly text: string }
  | { readonly kind: "pair"; readonly model: string; readonly text: string; readonly second: string }
  | { readonly kind: "seq2seq"; readonly model: string; readonly text: string; readonly target: string }
  | { readonly kind: "ids"; readonly model: string; readonly ids: readonly number[] }
  | { readonly kind: "image"; readonly model: string; readonly picture: Picture }
  | {
      readonly kind: "trace";
      readonly model: string;
      readonly trace: Trace;
      /** What the model's outcomes are called, where the trace came with that. */
      readonly vocabulary?: readonly string[] | undefined;
    };

/** A source that an engine runs. */
export type LiveSource = Exclude<Source, { kind: "trace" }>;

/** A source that words were typed for. */
export type TextSource = Extract<Source, { readonly text: string }>;

/** The id of a model folder of the reader's own, by the folder's name. */
export function localId(name: string): string {
  return `local-${name}`;
}

/** Whether an id names a model of the reader's own. */
export function isLocal(model: string): boolean {
  return model.startsWith("local-");
}

/** Whether the picture is of an earlier text or model than the one that is asked for. */
export function isOutdated({ trace, shown, run }: RunState): boolean {
  return trace !== null && shown !== null && shown !== run.source;
}

/** Whether words were typed for a source. */
export function isText(source: Source): source is TextSource {
  return "text" in source;
}

/** One forward pass as asked for. */
export interface Run {
  readonly source: Source;
  /** Changes of sites, applied where they are recorded. */
  readonly edits: readonly AskedEdit[];
  /** Changes of the model's architecture; none where it is left out. */
  readonly variant?: Variant;
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
  /** What was changed about the model of `trace`. */
  readonly variant: Variant;
  /** What the pass of `trace` read; null for a stored trace. */
  readonly input: RunInput | null;
  /** Whether `trace` belongs to an earlier text or model than `run` (or is the stored example). */
  readonly stale: boolean;
  /** What `trace` was made of; null without one. */
  readonly shown: Source | null;
  readonly error: Failure | null;
  /** Duration of the forward pass of `trace` in milliseconds; null for a stored trace. */
  readonly ms: number | null;
  /** Where the numbers of `trace` stop being finite; null where they do not. */
  readonly notFinite: NotFinite | null;
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
    variant: [],
    input: null,
    stale: true,
    shown: null,
    error: null,
    ms: null,
    notFinite: null,
    length: null,
    facts: null,
  };
}

/** A run that shows a trace from a file: nothing is left to compute. */
export function givenRun(source: Source & { readonly kind: "trace" }): Omit<RunState, "run"> {
  const { trace } = source;
  return {
    status: "ready",
    progress: null,
    trace,
    variant: [],
    input: null,
    stale: false,
    shown: source,
    error: null,
    ms: null,
    notFinite: null,
    length: null,
    facts: null,
  };
}

/** Whether two runs are the same; the traces of files are compared by identity, since they may be large. */
export function sameRun(a: Run, b: Run | undefined): boolean {
  if (b === undefined) return false;
  if (a.source.kind === "trace" || b.source.kind === "trace") return a.source === b.source;
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The typed text of a source; empty for what is no text. */
export function textOf(source: Source | undefined): string {
  return source !== undefined && isText(source) ? source.text : "";
}

/** A model with the changes of its architecture. */
export function choiceOf(model: string, variant: Variant = []): ModelChoice {
  return variant.length === 0 ? { model } : { model, variant };
}

/** What the engine is asked for by a run. */
export function requestOf(run: Run & { readonly source: LiveSource }): RunRequest {
  return { ...choiceOf(run.source.model, run.variant), input: inputOf(run.source), edits: run.edits };
}

/** What the engine reads of a source. */
export function inputOf(source: LiveSource): Input {
  switch (source.kind) {
    case "ids":
      return { ids: source.ids };
    case "image":
      return { image: source.picture };
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
