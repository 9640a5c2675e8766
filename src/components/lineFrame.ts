import type { LineFrame } from "../viz/sightlines";

/** Widths of the two drawings of sight-lines, in their own units. */
export const NARROW = 250;
export const WIDE = 440;

const PITCH = 28;
/** Room for the tokens on either side. */
const SIDE = 92;

/** Where lines start and end in a drawing of a given width. */
export function frameOf(width: number): LineFrame {
  return { from: SIDE, to: width - SIDE, pitch: PITCH, top: PITCH / 2 };
}

/** Height of a drawing of so many tokens. */
export function heightOf(tokens: number): number {
  return tokens * PITCH;
}
