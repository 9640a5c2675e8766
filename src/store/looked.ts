import { boundsOf } from "./follow";
import { clampSelection, type Selection } from "./selection";
import type { SessionState, SessionStore } from "./session";

/** What the reader looks at just now, for those who follow it: the same object as long as it says the same. */
export interface Looked {
  get(): Selection;
  subscribe(listener: () => void): () => void;
}

/** The selection of a session, with what the pointer is over put on top, within the bounds of the first run's trace. */
export function lookedIn(session: SessionStore): Looked {
  let seen: SessionState | null = null;
  let looked = session.getState().selection;
  return {
    subscribe: (listener) => session.subscribe(listener),
    get: () => {
      const state = session.getState();
      if (state === seen) return looked;
      seen = state;
      const next = lookedOf(state);
      if (!isSame(next, looked)) looked = next;
      return looked;
    },
  };
}

function lookedOf({ selection, hover, runs }: SessionState): Selection {
  const trace = runs[0]?.trace ?? null;
  const looked = hover === null ? selection : { ...selection, ...hover };
  return trace === null ? looked : clampSelection(looked, boundsOf(trace));
}

function isSame(a: Selection, b: Selection): boolean {
  return (Object.keys(a) as (keyof Selection)[]).every((part) => a[part] === b[part]);
}
