import type { Theme } from "./ramp";

/**
 * Colours of things that have no order (heads, series). Each stands out on its paper by at least 3 : 1, and they stay
 * apart under every common colour-vision deficiency.
 */
const COLOURS: Readonly<Record<Theme, readonly string[]>> = {
  light: ["#5b3a9e", "#e05f05", "#15a093", "#73222f", "#595c1e", "#e81c4a", "#2773a8", "#ab047e"],
  dark: ["#b39df0", "#d67f03", "#26927a", "#faa5b5", "#d5df2a", "#ec2265", "#2edc5b", "#d632ad"],
};

/** The colour of the thing with this number; after the last colour they begin again. */
export function categorical(index: number, theme: Theme): string {
  const colours = COLOURS[theme];
  return colours[index % colours.length] ?? "currentColor";
}

/** How many things have a colour of their own. */
export const CATEGORIES = COLOURS.light.length;
