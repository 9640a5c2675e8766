import type { Theme } from "./ramp";

/**
 * Colours of things that have no order (heads, series). Each stands out on its paper by at least 3 : 1, and they differ
 * in lightness as well as in hue, so that they stay apart under every common colour-vision deficiency.
 */
const COLOURS: Readonly<Record<Theme, readonly string[]>> = {
  light: [
    "#5b3a9e",
    "#d95f02",
    "#0b7285",
    "#c2185b",
    "#7a7a00",
    "#2b6cb0",
    "#8c4a2f",
    "#1d8f4e",
    "#1f2933",
    "#b06fd0",
  ],
  dark: [
    "#b39df0",
    "#f2a15f",
    "#4fc3d0",
    "#f2739f",
    "#d6cf4a",
    "#5c9fe8",
    "#c98a6b",
    "#58c98a",
    "#e9eaec",
    "#a55fc6",
  ],
};

/** The colour of the thing with this number; after the last colour they begin again. */
export function categorical(index: number, theme: Theme): string {
  const colours = COLOURS[theme];
  return colours[index % colours.length] ?? "currentColor";
}

/** How many things have a colour of their own. */
export const CATEGORIES = COLOURS.light.length;
