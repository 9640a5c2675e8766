/** How the reader wants the lines. Heads and tokens that were switched off are kept by name, so that typing never revives a wrong one. */
export interface LineOptions {
  readonly allLayers: boolean;
  readonly headsOff: ReadonlySet<string>;
  readonly threshold: number;
  /** Lines of each query in each head; MOST: no limit. */
  readonly top: number;
  readonly words: boolean;
  readonly hideSpecial: boolean;
  readonly hideDiagonal: boolean;
  readonly hideFirst: boolean;
  readonly tokensOff: ReadonlySet<string>;
  readonly renormalise: boolean;
  readonly between: Between;
}

/** Which sentence of a pair looks at which. */
export const BETWEEN = ["all", "aToB", "bToA", "aToA", "bToB"] as const;
export type Between = (typeof BETWEEN)[number];

/** The end of the slider: every line. */
export const MOST = 13;
/** Weaker lines are never drawn: a thousand of them look like fog and say nothing. */
export const LEAST = 0.02;

export const FIRST_OPTIONS: LineOptions = {
  allLayers: false,
  headsOff: new Set(),
  threshold: 0.1,
  top: MOST,
  words: true,
  hideSpecial: false,
  hideDiagonal: false,
  hideFirst: false,
  tokensOff: new Set(),
  renormalise: true,
  between: "all",
};

/** The set with an entry added, or without it. */
export function toggled(set: ReadonlySet<string>, entry: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(entry)) next.add(entry);
  return next;
}
