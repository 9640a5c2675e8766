import { useLayoutEffect, useMemo } from "react";
import type { SessionState, SessionStore } from "../../store/session";

interface Held {
  readonly store: SessionStore;
  setActive(active: boolean): void;
}

/** The session as a card reads it: as it stands while the card is active, else as it stood when it was last. */
export function useHeld(store: SessionStore, active: boolean): SessionStore {
  const held = useMemo(() => hold(store), [store]);
  useLayoutEffect(() => held.setActive(active), [held, active]);
  return held.store;
}

/** A store that can be told to let nothing through: no change reaches its listeners, and it reads as it did. */
export function hold(store: SessionStore): Held {
  const listeners = new Set<(state: SessionState, before: SessionState) => void>();
  let active = true;
  let last = store.getState();
  const pass = () => {
    const before = last;
    last = store.getState();
    if (last !== before) for (const listener of listeners) listener(last, before);
  };
  let stop = () => {};
  return {
    store: {
      ...store,
      getState: () => (active ? store.getState() : last),
      subscribe: (listener) => {
        if (listeners.size === 0) stop = store.subscribe(() => active && pass());
        listeners.add(listener);
        return () => {
          listeners.delete(listener);
          if (listeners.size === 0) stop();
        };
      },
    },
    setActive: (next) => {
      if (next === active) return;
      if (!next) last = store.getState();
      active = next;
      if (active) pass();
    },
  };
}
