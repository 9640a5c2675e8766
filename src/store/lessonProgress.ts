import * as v from "valibot";
import { createStore, type StoreApi } from "zustand/vanilla";

const KEY = "sightline.lessons";

const chapter = v.object({
  /** The furthest step that was reached, from 0. */
  at: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Whether its check was answered rightly. */
  checked: v.boolean(),
});
const stored = v.record(v.string(), chapter);

/** How far a reader has come in each chapter, by slug. */
export type Progress = Readonly<Record<string, v.InferOutput<typeof chapter>>>;

export interface ProgressState {
  readonly chapters: Progress;
  reach(slug: string, at: number): void;
  check(slug: string): void;
}

export type ProgressStore = StoreApi<ProgressState>;

/** The progress of this visit and the former ones, kept where storage lets us; else it lasts for this visit. */
export function createProgress(storage: () => Storage): ProgressStore {
  return createStore<ProgressState>()((set, get) => {
    const keep = (slug: string, change: (known: Progress[string]) => Progress[string]) => {
      const chapters = {
        ...get().chapters,
        [slug]: change(get().chapters[slug] ?? { at: 0, checked: false }),
      };
      set({ chapters });
      try {
        storage().setItem(KEY, JSON.stringify(chapters));
      } catch {
        // Blocked or full.
      }
    };
    return {
      chapters: recallProgress(storage),
      reach: (slug, at) => keep(slug, (known) => ({ ...known, at: Math.max(known.at, at) })),
      check: (slug) => keep(slug, (known) => ({ ...known, checked: true })),
    };
  });
}

function recallProgress(storage: () => Storage): Progress {
  try {
    const parsed = v.safeParse(stored, JSON.parse(storage().getItem(KEY) ?? "{}"));
    return parsed.success ? parsed.output : {};
  } catch {
    return {};
  }
}
