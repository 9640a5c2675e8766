import { useCallback, useEffect, useRef, useState } from "react";
import type { DecodedText, DecodePart, LookedAt } from "../../store/answers";
import type { Failure, Source } from "../../store/run";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { useOption, useSetOptions } from "../../store/SettingsContext";

/** A search as far as it has come. */
export interface Search {
  readonly status: "running" | "done" | "failed";
  /** What was written on from. */
  readonly source: Source;
  readonly part: DecodePart | null;
  /** What the pass that read each node's text looked at. */
  readonly reads: ReadonlyMap<number, readonly LookedAt[]>;
  /** Best first; empty until it is done. */
  readonly texts: readonly DecodedText[];
  readonly error: Failure | null;
}

/**
 * The search of this figure: it begins when asked, or with a link to one that was made; it can be cancelled, and is
 * dropped when another model is chosen.
 */
export function useDecoding() {
  const store = useSessionStore();
  const model = useSession((session) => session.runs[0]?.run.source.model);
  const [search, setSearch] = useState<Search | null>(null);
  const under = useRef<AbortController | null>(null);
  const [written, setWritten] = useOption("written");
  const setOptions = useSetOptions();
  const isReady = useSession((session) => session.runs[0]?.status === "ready");

  const cancel = useCallback(() => {
    under.current?.abort();
    setSearch((known) => (known?.status === "running" ? { ...known, status: "done" } : known));
  }, []);

  const run = useCallback(async () => {
    under.current?.abort();
    const abort = new AbortController();
    under.current = abort;
    const source = store.getState().runs[0]?.run.source;
    if (source === undefined) return;
    const change = (next: (known: Search) => Search) => {
      if (under.current === abort) setSearch((known) => (known === null ? null : next(known)));
    };
    setSearch({ status: "running", source, part: null, reads: new Map(), texts: [], error: null });
    const onPart = (part: DecodePart) =>
      change((known) => ({ ...known, part, reads: withReads(known.reads, part) }));
    const outcome = await store.getState().decode({ signal: abort.signal, onPart });
    if (outcome.kind === "done")
      change((known) => ({ ...known, status: "done", texts: outcome.value.texts }));
    if (outcome.kind === "failed")
      change((known) => ({ ...known, status: "failed", error: outcome.failure }));
  }, [store]);

  const start = () => {
    setOptions({ written: true, node: null, nodeStep: null });
    void run();
  };

  // A link to a search that was made makes it again, once the model can.
  const isLinked = useRef(written);
  useEffect(() => {
    if (!isLinked.current || !isReady) return;
    isLinked.current = false;
    void run();
  }, [isReady, run]);

  const isOf = useRef(model);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another model's search means nothing here
  useEffect(
    () => () => {
      under.current?.abort();
      setSearch(null);
    },
    [model],
  );
  useEffect(() => {
    if (isOf.current === model) return;
    isOf.current = model;
    setWritten(false);
  });
  return { search, run: start, cancel };
}

function withReads(known: Search["reads"], part: DecodePart): Search["reads"] {
  const reads = new Map(known);
  for (const { node, looked } of part.reads) reads.set(node, looked);
  return reads;
}
