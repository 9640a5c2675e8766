import type { Decoding } from "../worker/decoding";
import type { Sampling } from "../worker/engine";
import { FIRST_DECODING } from "./decoding";
import { type Experiments, NO_EXPERIMENTS } from "./experiments";
import { freshRun, type Run, type RunState } from "./run";
import { FIRST_SELECTION, type Selection } from "./selection";

const FIRST_SAMPLING: Sampling = { temperature: 1, topK: 0, topP: 1, seed: 1 };

/** What a session begins with. */
export interface Opening {
  readonly runs: readonly Run[];
  readonly selection?: Partial<Selection>;
  readonly locked?: boolean;
  readonly sampling?: Partial<Sampling>;
  readonly decoding?: Partial<Decoding>;
  readonly experiments?: Experiments;
  /** A model that a link asked for and that there is none of. */
  readonly unknownModel?: string | null;
  /** Parts of a link that say nothing this page knows. */
  readonly ignored?: readonly string[];
}

/** The parts of a session that an opening decides. */
export interface Begun {
  readonly runs: readonly RunState[];
  readonly selection: Selection;
  readonly locked: boolean;
  readonly sampling: Sampling;
  readonly decoding: Decoding;
  readonly experiments: Experiments;
  /** The model that the link asked for, where there is none of that name. */
  readonly unknownModel: string | null;
  /** What the link said in vain. */
  readonly ignored: readonly string[];
}

/** The opening with everything that it leaves out. */
export function begin(opening: Opening): Begun {
  return {
    runs: opening.runs.map(freshRun),
    selection: { ...FIRST_SELECTION, ...opening.selection },
    locked: opening.locked ?? false,
    sampling: { ...FIRST_SAMPLING, ...opening.sampling },
    decoding: { ...FIRST_DECODING, ...opening.decoding },
    experiments: opening.experiments ?? NO_EXPERIMENTS,
    unknownModel: opening.unknownModel ?? null,
    ignored: opening.ignored ?? [],
  };
}
