import type { Pixels } from "./heatmap";
import type { RampKind } from "./ramp";

/** A line on a canvas, in CSS pixels: it leaves and arrives level, and bends half way. */
export interface Stroke {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly colour: string;
  readonly width: number;
  readonly opacity: number;
}

/** A text on a canvas about its middle, in CSS pixels. */
export interface Inscription {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly colour: string;
}

/** A ramp and the value at its end. */
export interface Scale {
  readonly kind: RampKind;
  readonly limit: number;
}

/** Says on an element what the colours in it are of, as data attributes; scaleIn reads it. */
export function scaleData({ kind, limit }: Scale) {
  return { "data-ramp": kind, "data-limit": limit };
}

/** The ramp that an element says, or null. */
export function scaleIn({ ramp, limit }: Readonly<Record<string, string | undefined>>): Scale | null {
  const end = Number(limit);
  return (ramp === "sequential" || ramp === "diverging") && end > 0 ? { kind: ramp, limit: end } : null;
}

/** What is on a canvas, in a form that can be drawn again: figures are made of it as paths. */
export type Painting =
  | {
      readonly kind: "pixels";
      readonly width: number;
      readonly height: number;
      readonly draw: (pixels: Pixels) => void;
    }
  | { readonly kind: "strokes"; readonly strokes: readonly Stroke[] }
  | { readonly kind: "texts"; readonly size: number; readonly texts: readonly Inscription[] };

const paintings = new WeakMap<object, Painting>();

/** Keeps what was painted on a canvas, as long as there is that canvas. */
export function keepPainting(canvas: object, painting: Painting): void {
  paintings.set(canvas, painting);
}

/** What was painted on a canvas, or null. */
export function paintingOf(canvas: object): Painting | null {
  return paintings.get(canvas) ?? null;
}
