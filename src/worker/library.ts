import type { Progress } from "./engine";
import type { LiveModel, LoadModel } from "./liveModel";

/** How long a load goes on when nobody waits for it any more, in ms: the next keystroke asks again at once. */
const GRACE = 100;

interface Shelf {
  readonly model: Promise<LiveModel>;
  readonly abort: AbortController;
  readonly listeners: Set<(progress: Progress) => void>;
  waiting: number;
}

/** Models by id, each loaded once however many ask for it. */
export interface Library {
  /**
   * The model; rejects with the loader's error, or with an AbortError when the signal fires first. Files of the reader's
   * own take the place of what the id named before.
   */
  get(
    id: string,
    base: string,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
    files?: readonly File[] | null,
  ): Promise<LiveModel>;
}

/** A library over a loader. A failed or cancelled load is forgotten, so that asking again tries again. */
export function createLibrary(load: LoadModel): Library {
  const shelves = new Map<string, Shelf>();

  const begin = (id: string, base: string, files: readonly File[] | null): Shelf => {
    const abort = new AbortController();
    const listeners = new Set<(progress: Progress) => void>();
    const model = load(id, base, {
      files,
      signal: abort.signal,
      onProgress: (progress) => {
        for (const listener of listeners) listener(progress);
      },
    });
    const shelf: Shelf = { model, abort, listeners, waiting: 0 };
    shelves.set(id, shelf);
    model.catch(() => {
      if (shelves.get(id) === shelf) shelves.delete(id);
    });
    return shelf;
  };

  return {
    async get(id, base, signal, onProgress, files = null) {
      const known = files === null ? shelves.get(id) : undefined;
      const shelf = known ?? begin(id, base, files);
      shelf.waiting += 1;
      shelf.listeners.add(onProgress);
      try {
        return await untilAborted(shelf.model, signal);
      } finally {
        shelf.listeners.delete(onProgress);
        shelf.waiting -= 1;
        if (signal.aborted && shelf.waiting === 0) {
          setTimeout(() => shelf.waiting === 0 && shelf.abort.abort(), GRACE);
        }
      }
    },
  };
}

function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new DOMException("aborted", "AbortError"));
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
