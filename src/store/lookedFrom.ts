import { type Looked, lookedIn } from "./looked";
import type { SessionStore } from "./session";

/** How long the pointer rests, in ms, before a figure out of sight follows it. */
const REST = 150;

/** How long a figure beside the pointer's waits, in ms, where the browser has no time to spare. */
const LATEST = 100;

/** How long it shows what it shows, in ms: nobody reads numbers that change in every frame. */
const READABLE = 50;

/** Where a figure is for the reader: under the pointer or the keys, beside them, or out of sight. */
export type Sight = "at" | "beside" | "out";

/**
 * What the reader looks at, for one figure of several. The figure that the reader is at follows at once; one beside it when the browser has
 * time between two frames, soon in any case; one out of sight when the pointer rests, or once it is seen. With another
 * trace all follow at once.
 */
export function lookedFrom(session: SessionStore, sight: () => Sight): Looked & { follow(): void } {
  const source = lookedIn(session);
  const listeners = new Set<() => void>();
  let held = { looked: source.get(), of: textOf(session) };
  let isNew = false;
  let shown = Number.NEGATIVE_INFINITY;
  let cancel = nothing;
  let stop = nothing;
  const follow = () => {
    cancel();
    cancel = nothing;
    const before = held.looked;
    held = { looked: source.get(), of: textOf(session) };
    if (held.looked === before) return;
    shown = performance.now();
    for (const listener of listeners) listener();
  };
  const changed = () => {
    if (held.of !== textOf(session)) {
      // The selection of another text is settled right after its trace has come.
      isNew = true;
      queueMicrotask(() => {
        isNew = false;
      });
    }
    const where = isNew ? "at" : sight();
    if (where === "at") return follow();
    if (where === "out") {
      cancel();
      cancel = whenResting(follow);
    } else if (cancel === nothing) cancel = whenFree(follow, shown + READABLE);
  };
  return {
    get: () => (held.of === textOf(session) ? held.looked : source.get()),
    follow,
    subscribe: (listener) => {
      if (listeners.size === 0) {
        held = { looked: source.get(), of: textOf(session) };
        stop = session.subscribe(changed);
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop();
        cancel();
        cancel = nothing;
      };
    },
  };
}

/** What bounds a selection: positions of another text may not exist in this one. A trace that gains a stage keeps it. */
function textOf(session: SessionStore): unknown {
  const trace = session.getState().runs[0]?.trace;
  return trace?.decoderTokens ?? trace?.tokens ?? null;
}

function nothing(): void {}

function whenResting(act: () => void): () => void {
  const timer = setTimeout(act, REST);
  return () => clearTimeout(timer);
}

/** Not before `earliest`, in ms of the page's clock. Browsers that cannot say when they have time have it at once. */
function whenFree(act: () => void, earliest: number): () => void {
  if (typeof requestIdleCallback === "undefined") {
    act();
    return nothing;
  }
  let stop = nothing;
  const ask = () => {
    const asked = requestIdleCallback(act, { timeout: LATEST });
    stop = () => cancelIdleCallback(asked);
  };
  const wait = earliest - performance.now();
  if (wait <= 0) ask();
  else {
    const timer = setTimeout(ask, wait);
    stop = () => clearTimeout(timer);
  }
  return () => stop();
}
