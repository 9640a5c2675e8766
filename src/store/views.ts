/**
 * The views of the page, in the order of the navigation. Those of the first group stand together around the sentence; each
 * other one has the page to itself.
 */
export const TOGETHER = ["steps", "heads", "block", "output"] as const;
export const ALONE = [
  "lines",
  "neuron",
  "position",
  "decode",
  "compare",
  "lab",
  "training",
  "digits",
  "atlas",
] as const;
export const VIEWS = [...TOGETHER, ...ALONE] as const;

export type View = (typeof VIEWS)[number];
export type LoneView = (typeof ALONE)[number];

/** Where the page begins. */
export const FIRST_VIEW: View = "steps";

/** Whether a view has the page to itself. */
export function isAlone(view: View): view is LoneView {
  return ALONE.some((name) => name === view);
}
