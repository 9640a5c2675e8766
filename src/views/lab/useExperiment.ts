import { useCallback, useEffect, useRef, useState } from "react";
import type { ExperimentRun, Watch } from "../../analysis/experiments/experiment";
import type { RunRequest } from "../../store/answers";
import { useSession, useSessionStore } from "../../store/SessionContext";

/** An experiment of many passes as far as it has come. */
export interface ExperimentState<R> {
  readonly status: "idle" | "running" | "stopped" | "done" | "failed";
  readonly done: number;
  readonly total: number;
  readonly result: R | null;
  /** What went wrong, in the error's own words. */
  readonly reason: string | null;
  start(): void;
  cancel(): void;
}

/** What an experiment does with the passes that it is given. */
export type Work<R> = (run: ExperimentRun, watch: Watch) => Promise<R>;

const IDLE = { status: "idle", done: 0, total: 0, result: null, reason: null } as const;

/**
 * Runs an experiment of many passes when asked, one after another, so that typing and other figures go in between; it is
 * dropped when the text, the model or `subject` changes. `over` is put over every pass.
 */
export function useExperiment<R>(
  work: Work<R>,
  subject: string,
  over: Partial<RunRequest> = {},
): ExperimentState<R> {
  const store = useSessionStore();
  const source = useSession(({ runs }) => runs[0]?.run.source);
  const [state, setState] = useState<Omit<ExperimentState<R>, "start" | "cancel">>(IDLE);
  const under = useRef<AbortController | null>(null);
  const latest = useRef({ work, over });
  latest.current = { work, over };

  // biome-ignore lint/correctness/useExhaustiveDependencies: another text, model or subject is another experiment
  useEffect(
    () => () => {
      under.current?.abort();
      under.current = null;
      setState(IDLE);
    },
    [source, subject],
  );

  const start = useCallback(() => {
    under.current?.abort();
    const abort = new AbortController();
    under.current = abort;
    const change = (next: Partial<ExperimentState<R>>) => {
      if (under.current === abort) setState((old) => ({ ...old, ...next }));
    };
    setState({ ...IDLE, status: "running" });
    const run: ExperimentRun = async (input, edits) => {
      const request = { input: { ids: input.ids }, edits, ...latest.current.over };
      const outcome = await store.getState().pass(request, { signal: abort.signal });
      if (outcome.kind === "failed") throw new Error(outcome.failure.message);
      abort.signal.throwIfAborted();
      if (outcome.kind === "aborted" || outcome.value.trace === null) throw new Error("there is no trace");
      return outcome.value.trace;
    };
    const watch: Watch = { signal: abort.signal, onProgress: (done, total) => change({ done, total }) };
    latest.current.work(run, watch).then(
      (result) => change({ status: "done", result }),
      (error: unknown) => {
        if (!abort.signal.aborted) change({ status: "failed", reason: String(error) });
      },
    );
  }, [store]);

  const cancel = useCallback(() => {
    under.current?.abort();
    setState((old) => ({ ...old, status: "stopped" }));
  }, []);
  return { ...state, start, cancel };
}
