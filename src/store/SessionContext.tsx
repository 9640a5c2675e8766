import { createContext, type ReactNode, useContext, useMemo } from "react";
import { useStore } from "zustand";
import { boundsOf } from "./follow";
import { clampSelection, type Selection } from "./selection";
import type { SessionState, SessionStore } from "./session";

const Context = createContext<SessionStore | null>(null);

/** Gives its children the session of one figure. */
export function SessionProvider({ store, children }: { store: SessionStore; children: ReactNode }) {
  return <Context value={store}>{children}</Context>;
}

/** The session's store itself: for event handlers that read once. */
export function useSessionStore(): SessionStore {
  const store = useContext(Context);
  if (store === null) throw new Error("useSession needs a SessionProvider above it");
  return store;
}

/** Reads the session; re-renders when what `read` returns changes. */
export function useSession<S>(read: (session: SessionState) => S): S {
  return useStore(useSessionStore(), read);
}

/** What the reader looks at just now: the selection, with what the pointer is over put on top. */
export function useLooked(): Selection {
  const selection = useSession((session) => session.selection);
  const hover = useSession((session) => session.hover);
  const trace = useSession((session) => session.runs[0]?.trace ?? null);
  const { spec, tokens, decoderTokens } = trace ?? {};
  // biome-ignore lint/correctness/useExhaustiveDependencies: a trace that gains a stage has the bounds that it had
  return useMemo(() => {
    const looked = hover === null ? selection : { ...selection, ...hover };
    return trace === null ? looked : clampSelection(looked, boundsOf(trace));
  }, [selection, hover, spec, tokens, decoderTokens]);
}
