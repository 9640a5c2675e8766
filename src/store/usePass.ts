import { useEffect, useRef, useState } from "react";
import type { Trace } from "../engine/trace";
import type { Progress, RunRequest } from "./answers";
import { LOGIT_ROWS, lacksRows } from "./logitRows";
import type { Failure, Source } from "./run";
import { useSession, useSessionStore } from "./SessionContext";
import { useNeed } from "./useNeed";

/** What a pass beside the page's own run is asked for: what it leaves out is as in that run. */
export type PassRequest = Partial<RunRequest>;

/** A pass as far as it has come: the last trace stays until the next one is there. */
export interface PassState {
  readonly trace: Trace | null;
  readonly error: Failure | null;
  /** While a model is fetched. */
  readonly progress: Progress | null;
  /** Whether the trace is of an earlier request or text than is asked for now. */
  readonly late: boolean;
}

/**
 * The trace of the page's own run with all that it says, once that is a live one; it stays while a changed text is run.
 * Null for a trace from a file.
 */
export function useLive(): Trace | null {
  const run = useSession(({ runs }) => runs[0]);
  const last = useRef<Trace | null>(null);
  useNeed(LOGIT_ROWS);
  const isLive = run?.trace != null && run.input !== null && !run.stale;
  if (isLive && run.trace !== null && !lacksRows(run.trace)) last.current = run.trace;
  return run === undefined || run.run.source.kind === "trace" ? null : last.current;
}

/** What has come of the request that was answered last. */
type Answer = Omit<PassState, "late"> & { readonly of: readonly [PassRequest, Source] | null };

const NOTHING: Answer = { trace: null, error: null, progress: null, of: null };

/**
 * One more pass of the text that is typed, while it is `active`: run again when the request (compared by identity) or the
 * text changes; a newer request supersedes an older one. A null request runs nothing.
 */
export function usePass(request: PassRequest | null, active = true): PassState {
  const store = useSessionStore();
  const source = useSession(({ runs }) => runs[0]?.run.source);
  const [state, setState] = useState(NOTHING);
  useEffect(() => {
    if (request === null) return setState(NOTHING);
    if (!active || source === undefined) return;
    const of = [request, source] as const;
    const abort = new AbortController();
    const ask = async () => {
      const outcome = await store.getState().pass(request, {
        signal: abort.signal,
        onProgress: (progress) => setState((old) => ({ ...old, progress })),
      });
      if (abort.signal.aborted || outcome.kind === "aborted") return;
      if (outcome.kind === "failed") setState({ ...NOTHING, error: outcome.failure, of });
      else setState({ ...NOTHING, trace: outcome.value.trace, of });
    };
    void ask();
    return () => abort.abort();
  }, [store, active, source, request]);
  const { of, ...known } = state;
  const late = request === null ? of !== null : of?.[0] !== request || of[1] !== source;
  return { ...known, late };
}
