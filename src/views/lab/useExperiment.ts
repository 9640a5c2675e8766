import { useCallback, useContext, useEffect, useRef, useState } from "react";
import type { ExperimentRun, Watch } from "../../analysis/experiments/experiment";
import type { RunRequest } from "../../store/answers";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { useOption } from "../../store/SettingsContext";
import { ActiveCard } from "./activeCard";

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
 * Runs an experiment of many passes, one after another, so that typing and other figures go in between: when asked, or with a
 * link to one that was run, and then again whenever the text, the model or `subject` changes, which drops the last result.
 * `over` is put over every pass.
 */
export function useExperiment<R>(
  work: Work<R>,
  subject: string,
  over: Partial<RunRequest> = {},
): ExperimentState<R> {
  const store = useSessionStore();
  const source = useSession(({ runs }) => runs[0]?.run.source);
  const isReady = useSession(({ runs }) => runs[0]?.status === "ready");
  const { id, active } = useContext(ActiveCard);
  const [ran, setRan] = useOption("ran");
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

  const run = useCallback(() => {
    under.current?.abort();
    const abort = new AbortController();
    under.current = abort;
    const change = (next: Partial<ExperimentState<R>>) => {
      if (under.current === abort) setState((old) => ({ ...old, ...next }));
    };
    setState({ ...IDLE, status: "running" });
    const pass: ExperimentRun = async (input, edits) => {
      const request = { input: { ids: input.ids }, edits, ...latest.current.over };
      const outcome = await store.getState().pass(request, { signal: abort.signal });
      if (outcome.kind === "failed") throw new Error(outcome.failure.message);
      abort.signal.throwIfAborted();
      if (outcome.kind === "aborted" || outcome.value.trace === null) throw new Error("there is no trace");
      return outcome.value.trace;
    };
    const watch: Watch = { signal: abort.signal, onProgress: (done, total) => change({ done, total }) };
    latest.current.work(pass, watch).then(
      (result) => change({ status: "done", result }),
      (error: unknown) => {
        if (!abort.signal.aborted) change({ status: "failed", reason: String(error) });
      },
    );
  }, [store]);

  const isAsked = ran !== "" && ran === id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text, model or subject has dropped the last run
  useEffect(() => {
    if (isAsked && active && isReady && under.current === null) run();
  }, [isAsked, active, isReady, source, subject, run]);

  const start = () => {
    setRan(id);
    run();
  };
  const cancel = useCallback(() => {
    under.current?.abort();
    setState((old) => ({ ...old, status: "stopped" }));
  }, []);
  return { ...state, start, cancel };
}
