export type Theme = "light" | "dark";
export type RampKind = "sequential" | "diverging";

/** Red, green and blue, 0…255. */
type Rgb = readonly [number, number, number];

/** Colours of a ramp as a lookup table: 255 RGBA steps (zero of a signed ramp lies on the middle one), then one entry for a masked (not finite) cell. */
export interface Ramp {
  readonly kind: RampKind;
  readonly table: Uint8ClampedArray;
}

const STEPS = 255;
const MASKED = STEPS;

/** Small attention must stay visible beside one large cell: the eye gets value^GAMMA. */
const GAMMA = 0.6;

/** Red, green and blue of the ends of each ramp, and of a masked cell. */
const ENDS = {
  light: {
    sequential: [
      [250, 250, 252],
      [74, 45, 140],
    ],
    diverging: [
      [168, 42, 54],
      [251, 251, 249],
      [31, 95, 166],
    ],
    masked: [228, 228, 222],
  },
  dark: {
    sequential: [
      [24, 27, 33],
      [195, 175, 255],
    ],
    diverging: [
      [240, 138, 146],
      [27, 31, 36],
      [127, 186, 245],
    ],
    masked: [42, 46, 53],
  },
} as const;

/**
 * The ramp of a theme. Sequential (patterns, exponentials): one hue, luminance monotone in the value. Diverging (signed
 * numbers): red below zero, blue above, luminance monotone in the magnitude; the two stay apart under every common
 * colour-vision deficiency.
 */
export function rampOf(kind: RampKind, theme: Theme): Ramp {
  const key = `${kind}-${theme}` as const;
  const known = made.get(key);
  if (known !== undefined) return known;
  const ramp = { kind, table: tableOf(kind, theme) };
  made.set(key, ramp);
  return ramp;
}

const made = new Map<`${RampKind}-${Theme}`, Ramp>();

function tableOf(kind: RampKind, theme: Theme): Uint8ClampedArray {
  const table = new Uint8ClampedArray((STEPS + 1) * 4);
  for (let step = 0; step < STEPS; step++) put(table, step, colourAt(kind, theme, step / (STEPS - 1)));
  put(table, MASKED, ENDS[theme].masked);
  return table;
}

function colourAt(kind: RampKind, theme: Theme, t: number): Rgb {
  if (kind === "sequential") {
    const [none, most] = ENDS[theme].sequential;
    return between(none, most, t ** GAMMA);
  }
  const [negative, zero, positive] = ENDS[theme].diverging;
  const signed = 2 * t - 1;
  return between(zero, signed < 0 ? negative : positive, Math.abs(signed) ** GAMMA);
}

/** On the straight line from one colour to another. */
function between(from: Rgb, to: Rgb, share: number): Rgb {
  const at = (channel: 0 | 1 | 2) => Math.round(from[channel] + (to[channel] - from[channel]) * share);
  return [at(0), at(1), at(2)];
}

function put(table: Uint8ClampedArray, step: number, colour: Rgb): void {
  table.set([...colour, 255], step * 4);
}

/**
 * The table row of a value: [0, limit] for a sequential ramp, [−limit, limit] for a diverging one, clamped; the masked
 * entry for what is not finite.
 */
export function stepOf(ramp: Ramp, value: number, limit: number): number {
  if (!Number.isFinite(value)) return MASKED;
  const share = limit > 0 ? value / limit : 0;
  const t = ramp.kind === "sequential" ? share : (share + 1) / 2;
  return Math.round(Math.min(1, Math.max(0, t)) * (STEPS - 1));
}

/** The CSS colour of a value. */
export function fillOf(ramp: Ramp, value: number, limit: number): string {
  return coloursOf(ramp)[stepOf(ramp, value, limit)]?.fill ?? "";
}

/** Black or white, whichever is read better on the colour of a value (WCAG contrast; at least 4.5:1 on every step). */
export function inkOn(ramp: Ramp, value: number, limit: number): "#000" | "#fff" {
  return coloursOf(ramp)[stepOf(ramp, value, limit)]?.ink ?? "#000";
}

interface Colours {
  readonly fill: string;
  readonly ink: "#000" | "#fff";
}

const known = new WeakMap<Ramp, readonly Colours[]>();

/** The steps of a ramp as CSS writes them, made once: hundreds of cells ask for them at every stroke of a key. */
function coloursOf(ramp: Ramp): readonly Colours[] {
  const before = known.get(ramp);
  if (before !== undefined) return before;
  const colours = Array.from({ length: STEPS + 1 }, (_, step): Colours => {
    const colour = channels(ramp, step);
    return { fill: `rgb(${colour.join(" ")})`, ink: luminance(colour) > 0.179 ? "#000" : "#fff" };
  });
  known.set(ramp, colours);
  return colours;
}

/** WCAG relative luminance of 8-bit sRGB channels, 0…1. */
export function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

/** Red, green and blue of a table row. */
export function channels(ramp: Ramp, step: number): Rgb {
  const { table } = ramp;
  return [table[step * 4] ?? 0, table[step * 4 + 1] ?? 0, table[step * 4 + 2] ?? 0];
}
