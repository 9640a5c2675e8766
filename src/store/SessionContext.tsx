import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import { type Looked, lookedIn } from "./looked";
import type { Selection } from "./selection";
import type { SessionState, SessionStore } from "./session";

const Context = createContext<SessionStore | null>(null);

/** What the reader looks at, as the figure around follows it. */
export const LookedContext = createContext<Looked | null>(null);

/** Gives its children the session of one figure. */
export function SessionProvider({ store, children }: { store: SessionStore; children: ReactNode }) {
  const looked = useMemo(() => lookedIn(store), [store]);
  return (
    <Context value={store}>
      <LookedContext value={looked}>{children}</LookedContext>
    </Context>
  );
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

/** All that the reader looks at just now: the selection, with what the pointer is over put on top. */
export function useLooked(): Selection {
  return useLookedAt(whole);
}

/** The part of it that `read` gives, a number or a name: re-renders only when that changes. */
export function useLookedAt<S>(read: (looked: Selection) => S): S {
  const looked = useContext(LookedContext);
  if (looked === null) throw new Error("useLooked needs a SessionProvider above it");
  return useSyncExternalStore(looked.subscribe, () => read(looked.get()));
}

function whole(looked: Selection): Selection {
  return looked;
}
