import { createStore, type StoreApi } from "zustand/vanilla";
import type { WeightRequest } from "../analysis/explain/lookup";
import type { Target } from "../engine/backward/output";
import type { SitePattern, Trace } from "../engine/trace";
import { problem } from "../model/problems";
import type { DecodeResult, Decoding } from "../worker/decoding";
import type {
  Engine,
  GradientRequest,
  Gradients,
  LayerHeads,
  Listening,
  Outcome,
  RunRequest,
  RunResult,
  Sampling,
} from "../worker/engine";
import { createDerivedSites, type SiteRequest } from "./derivedSites";
import type { Switches } from "./experiments";
import { boundsOf, carried, follow, lookAt, moved, type Pair, strongestKey } from "./follow";
import { createOpener, type OpenedModel } from "./opener";
import { type Begun, begin, type Opening } from "./opening";
import { createQuestions } from "./questions";
import { choiceOf, freshRun, givenRun, isText, type RunState, requestOf, type Source, sameRun } from "./run";
import { beyondBounds, type Selection } from "./selection";
import type { FetchedWeights } from "./weightShelf";

const STOPPED = problem("aborted", {});

/**
 * One figure: its runs (one, or two where B is compared with A) and one selection that every view of it follows.
 * Hover looks (`look`), click locks (`lock`). While nothing is locked the query is the mask that a model
 * fills, or else the last token, and the key the one that it attends to most.
 */
export interface SessionState extends Begun {
  readonly hover: Partial<Selection> | null;
  /** Whether a token is being sampled. */
  readonly appending: boolean;
  /** Model folders that the reader has opened, the last one first. */
  readonly opened: readonly OpenedModel[];
  /** Runs the new text; `pair` selects the head that connects two of its words best, once the trace is there. */
  setText(text: string, pair?: Pair): void;
  setModel(model: string): void;
  /** Shows a model folder (by its name, where that is known) or a trace file: read where it lies, never sent anywhere. */
  openFiles(files: readonly File[], folder?: string): Promise<void>;
  /** Asks for stages that a trace of the first run left out; they are put into it until the function that comes back is called. */
  need(sites: readonly SiteRequest[]): () => void;
  /** What the heads of one layer of the first run look like and do, where its trace is too long to hold their patterns. */
  layer(site: string): Promise<Outcome<LayerHeads> | null>;
  /** Replaces the source of one run, or begins a second one. */
  setSource(source: Source, at?: number): void;
  /** Ends the second run. */
  endComparison(): void;
  /** Shows a stored trace of the current run until the engine has computed a live one; `pair` as in `setText`. */
  show(trace: Trace, pair?: Pair): void;
  /** Moves the selection without locking the token pair (arrow keys, a head, a step). */
  select(change: Partial<Selection>): void;
  /** Points without clicking; null when the pointer leaves. */
  look(change: Partial<Selection> | null): void;
  /** Moves the selection and keeps its query and key while the text changes. */
  lock(change: Partial<Selection>): void;
  unlock(): void;
  /** Parts of the weights of the first run's model by weightKey, fetched once; null where that failed. */
  weights(requests: readonly WeightRequest[]): Promise<FetchedWeights | null>;
  setSampling(change: Partial<Sampling>): void;
  /** Samples the next token of the first run and adds it to its text. */
  appendToken(): Promise<void>;
  setDecoding(change: Partial<Decoding>): void;
  /** Opens an experiment of the lab, with its switches where they are given. */
  openExperiment(id: string, switches?: Switches): void;
  /** Writes on from the first run's text, or translates it, as `decoding` says. */
  decode(listening: Listening): Promise<Outcome<DecodeResult>>;
  /**
   * Gradients of a target of one run to its attention patterns, or to other sites; null where there is no live run to ask
   * about. `over` is put over what is asked: another model, a variant, an input.
   */
  gradients(
    target: Target,
    at?: number,
    sites?: readonly SitePattern[],
    over?: Partial<GradientRequest>,
  ): Promise<Outcome<Gradients> | null>;
  /** Logits of states of the first run's stream. [rows, d_model] → [rows, d_vocab] */
  readOut(states: Float32Array): Promise<Outcome<Float32Array | null>>;
  /** Display text of every id of a model: the first run's, where none is named. */
  vocabulary(model?: string): Promise<Outcome<readonly string[]>>;
  /** Becomes what an opening says: a link was followed. */
  restore(opening: Opening): void;
  /** One more pass beside the runs: what the request leaves out is as in the first run. */
  pass(request: Partial<RunRequest>, listening?: Listening): Promise<Outcome<RunResult>>;
  /** Runs again after a failure, or for the first time. */
  start(at?: number): void;
  /** Stops what is under way. */
  stop(): void;
}

export type SessionStore = StoreApi<SessionState>;

/** A session over an engine. Nothing runs before `start`. */
export function createSession(engine: Engine, opening: Opening): SessionStore {
  const under = new Map<number, AbortController>();
  let wanted: Pair | null = null;
  /** What a link asked to look at, until there is a trace to look at. */
  let asked: Partial<Selection> | null = opening.selection ?? null;
  /** The trace that the selection was last made to fit. */
  let settled: Trace | null = null;

  return createStore<SessionState>()((set, get) => {
    const change = (at: number, part: Partial<RunState>) =>
      set(({ runs }) => ({ runs: runs.map((run, i) => (i === at ? { ...run, ...part } : run)) }));

    const settle = (trace: Trace) => {
      const { selection, locked, ignored } = get();
      const before = settled;
      settled = trace;
      if (asked !== null) {
        const beyond = beyondBounds(asked, boundsOf(trace));
        if (beyond.length > 0) set({ ignored: [...ignored, ...beyond] });
        asked = null;
      }
      if (wanted !== null) {
        const selected = lookAt(selection, wanted, trace);
        wanted = null;
        set({ selection: selected, locked: true });
        return;
      }
      const kept = locked ? carried(selection, before ?? trace, trace) : null;
      set(kept === null ? { selection: follow(selection, trace), locked: false } : { selection: kept });
    };

    const derived = createDerivedSites(engine, (trace) => {
      change(0, { trace });
      const { selection, locked } = get();
      if (!locked) set({ selection: { ...selection, key: strongestKey(selection, trace) } });
    });
    const opener = createOpener(engine);

    const start = async (at: number) => {
      const run = get().runs[at]?.run;
      if (run === undefined) return;
      const { source } = run;
      if (source.kind === "trace") {
        under.get(at)?.abort();
        change(at, givenRun(source));
        if (at === 0) settle(source.trace);
        return;
      }
      const isLoaded = get().runs[at]?.facts?.id === source.model;
      under.get(at)?.abort();
      const abort = new AbortController();
      under.set(at, abort);
      change(at, { status: isLoaded ? "running" : "loading", progress: null, stale: true, error: null });
      const request = requestOf({ ...run, source });
      const isLastEnough = at === 0 && !derived.wants("logits");
      const outcome = await engine.run(isLastEnough ? { ...request, logits: "last" } : request, {
        signal: abort.signal,
        onProgress: (progress) => change(at, { status: "loading", progress }),
      });
      if (abort.signal.aborted || outcome.kind === "aborted") return;
      if (outcome.kind === "failed") {
        return change(at, { status: "failed", progress: null, error: outcome.failure });
      }
      const { trace, input: read, ms, ...known } = outcome.value;
      const isEmpty = trace === null;
      change(at, {
        status: isEmpty ? "empty" : "ready",
        progress: null,
        trace,
        variant: run.variant ?? [],
        input: isEmpty ? null : read,
        stale: false,
        shown: isEmpty ? null : source,
        ms: isEmpty ? null : ms,
        ...known,
      });
      if (at === 0 && trace !== null) settle(trace);
    };

    return {
      ...begin(opening),
      ...createQuestions(engine, get),
      hover: null,
      appending: false,
      opened: [],

      setText: (text, pair) => {
        const source = get().runs[0]?.run.source;
        if (source === undefined) return;
        wanted = pair ?? null;
        get().setSource(opener.withText(source, text));
      },
      setModel: (model) => {
        const source = get().runs[0]?.run.source;
        if (source !== undefined) get().setSource(opener.withModel(source, model));
      },
      openFiles: async (files, folder = "") => {
        under.get(0)?.abort();
        const abort = new AbortController();
        under.set(0, abort);
        change(0, { status: "loading", progress: null, error: null });
        const outcome = await opener.open(files, folder, {
          signal: abort.signal,
          onProgress: (progress) => change(0, { progress }),
        });
        if (abort.signal.aborted || outcome.kind === "aborted") return;
        if (outcome.kind === "failed") {
          return change(0, { status: "failed", progress: null, error: outcome.failure });
        }
        set({ opened: opener.opened() });
        get().setSource(outcome.value);
      },
      need: (sites) => derived.need(get().runs[0], sites),
      layer: async (site) => derived.layer(get().runs[0], site),
      setSource: (source, at = 0) => {
        const { runs } = get();
        const run = runs[at]?.run;
        asked = null;
        set({ hover: null, unknownModel: null, ignored: [] });
        if (run !== undefined && at === 0) opener.remember(run.source);
        if (run !== undefined) change(at, { run: { ...run, source } });
        else if (at === runs.length) set({ runs: [...runs, freshRun({ source, edits: [], seed: 1 })] });
        void start(at);
      },
      endComparison: () => {
        under.get(1)?.abort();
        set(({ runs }) => ({ runs: runs.slice(0, 1) }));
      },
      show: (trace, pair) => {
        if (get().runs[0]?.trace !== null) return;
        wanted = pair ?? null;
        change(0, { trace, stale: true, shown: get().runs[0]?.run.source ?? null });
        settle(trace);
      },
      select: (part) => set((state) => moved(state, part)),
      look: (part) => set({ hover: part }),
      lock: (part) => {
        set({ locked: true, hover: null });
        get().select(part);
      },
      unlock: () => {
        set({ locked: false, hover: null });
        const trace = get().runs[0]?.trace;
        if (trace) settle(trace);
      },
      setSampling: (part) => set(({ sampling }) => ({ sampling: { ...sampling, ...part } })),
      appendToken: async () => {
        const { runs, sampling, appending } = get();
        const { source, variant } = runs[0]?.run ?? {};
        if (source === undefined || !isText(source) || appending) return;
        set({ appending: true });
        const outcome = await engine.append({
          ...choiceOf(source.model, variant),
          text: source.text,
          sampling,
        });
        set({ appending: false });
        if (outcome.kind === "failed") change(0, { status: "failed", error: outcome.failure });
        if (outcome.kind === "done" && get().runs[0]?.run.source === source) {
          get().setText(source.text + outcome.value.added);
        }
      },
      setDecoding: (part) => set(({ decoding }) => ({ decoding: { ...decoding, ...part } })),
      openExperiment: (id, switches) =>
        set(({ experiments: { all } }) => ({
          experiments: { open: id, all: switches === undefined ? all : { ...all, [id]: switches } },
        })),
      restore: (next) => {
        const { runs } = get();
        wanted = null;
        asked = next.selection ?? null;
        settled = null;
        const begun = begin(next);
        const kept = begun.runs.map((run, i) => {
          const before = runs[i];
          // A link of the same sentence asks for no other picture.
          return before === undefined || sameRun(run.run, before.run)
            ? (before ?? run)
            : { ...before, run: run.run };
        });
        set({ ...begun, runs: kept, hover: null });
        kept.forEach((run, i) => {
          if (!sameRun(run.run, runs[i]?.run)) void start(i);
          else if (i === 0 && run.trace !== null) settle(run.trace);
        });
      },
      start: (at = 0) => void start(at),
      stop: () => {
        for (const [at, abort] of under) {
          if (get().runs[at]?.status !== "loading" && get().runs[at]?.status !== "running") continue;
          abort.abort();
          change(at, { status: "failed", progress: null, error: STOPPED });
        }
      },
    };
  });
}
