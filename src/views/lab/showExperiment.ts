import type { ExperimentId } from "./registry";

/** The element of an experiment's card. */
export function elementId(id: ExperimentId | ""): string {
  return `experiment-${id}`;
}

/** What a reader does when they go on by themselves. */
const GOING_ON = ["wheel", "touchstart", "pointerdown", "keydown"] as const;

/** How long a card is held in view while those around it become as high as they are, in ms. */
const SETTLING = 4000;

/** Ends the holding of the card that was shown last. */
let letGo = () => {};

/**
 * Brings a card into view and the keyboard to its question, and holds it there while the page around it grows or shrinks, until
 * the reader goes on.
 */
export function showExperiment(id: ExperimentId): void {
  letGo();
  const article = document.getElementById(elementId(id));
  if (article === null) return;
  const show = () => article.scrollIntoView({ block: "start" });
  show();
  article.querySelector<HTMLElement>("h3")?.focus({ preventScroll: true });
  if (typeof ResizeObserver === "undefined") return;
  const observer = new ResizeObserver(show);
  observer.observe(document.body);
  const stop = () => {
    observer.disconnect();
    clearTimeout(timer);
    for (const each of GOING_ON) removeEventListener(each, stop);
  };
  const timer = setTimeout(stop, SETTLING);
  for (const each of GOING_ON) addEventListener(each, stop, { passive: true });
  letGo = stop;
}
