import { useCallback, useMemo } from "react";
import { type BETWEEN, HIDABLE, type Options } from "../../store/options";
import { useSetOptions, useSettings } from "../../store/SettingsContext";

/** Which sentence of a pair looks at which. */
export type Between = (typeof BETWEEN)[number];

/** How the reader wants the lines. Heads and tokens that were switched off are kept by name, so that typing never revives a wrong one. */
export interface LineOptions {
  readonly allLayers: boolean;
  /** Of all heads only the chosen one, whichever that is. */
  readonly chosenOnly: boolean;
  readonly headsOff: ReadonlySet<string>;
  readonly threshold: number;
  /** Lines of each query in each head; ALL_LINES: no limit. */
  readonly top: number;
  readonly words: boolean;
  readonly hideSpecial: boolean;
  readonly hideDiagonal: boolean;
  readonly hideFirst: boolean;
  readonly tokensOff: ReadonlySet<string>;
  readonly renormalise: boolean;
  readonly between: Between;
}

/** The options of the view, which a link carries, and how to change them. */
export function useLineOptions(): readonly [LineOptions, (change: Partial<LineOptions>) => void] {
  const options = useSettings((settings) => settings.options);
  const set = useSetOptions();
  const read = useMemo(() => readOptions(options), [options]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the store behind `set` stays the same
  const change = useCallback((part: Partial<LineOptions>) => set(written({ ...read, ...part })), [read]);
  return [read, change];
}

const HIDES = { special: "hideSpecial", first: "hideFirst", itself: "hideDiagonal" } as const;

function readOptions(options: Options): LineOptions {
  const hidden = options.lineHide.split(",");
  return {
    allLayers: options.lineLayers === "all",
    chosenOnly: options.lineLayers === "head",
    headsOff: new Set(options.lineHeadsOff.split(",").filter((name) => name !== "")),
    threshold: options.lineLeast,
    top: options.lineTop,
    words: options.lineUnits === "words",
    hideSpecial: hidden.includes("special"),
    hideDiagonal: hidden.includes("itself"),
    hideFirst: hidden.includes("first"),
    tokensOff: new Set(namesOf(options.lineTokensOff)),
    renormalise: options.lineRenormalise,
    between: options.lineBetween,
  };
}

function written(lines: LineOptions): Partial<Options> {
  return {
    lineLayers: layersOf(lines),
    lineHeadsOff: [...lines.headsOff].join(),
    lineLeast: lines.threshold,
    lineTop: lines.top,
    lineUnits: lines.words ? "words" : "pieces",
    lineHide: HIDABLE.filter((name) => lines[HIDES[name]]).join(),
    lineTokensOff: lines.tokensOff.size === 0 ? "" : JSON.stringify([...lines.tokensOff]),
    lineRenormalise: lines.renormalise,
    lineBetween: lines.between,
  };
}

function layersOf({ allLayers, chosenOnly }: LineOptions): Options["lineLayers"] {
  if (allLayers) return "all";
  return chosenOnly ? "head" : "one";
}

/** The names of a list in JSON; none where it is malformed, as a link may be. */
function namesOf(json: string): readonly string[] {
  if (json === "") return [];
  try {
    const parsed: unknown = JSON.parse(json);
    return Array.isArray(parsed) ? parsed.filter((name) => typeof name === "string") : [];
  } catch {
    return [];
  }
}

/** The set with an entry added, or without it. */
export function toggled(set: ReadonlySet<string>, entry: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(entry)) next.add(entry);
  return next;
}
