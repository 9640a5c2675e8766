import type { ExperimentId } from "./registry";

/** The element of an experiment's card. */
export function elementId(id: ExperimentId | ""): string {
  return `experiment-${id}`;
}

/** Brings a card into view and the keyboard to its question. */
export function showExperiment(id: ExperimentId): void {
  const article = document.getElementById(elementId(id));
  article?.scrollIntoView({ block: "start" });
  article?.querySelector<HTMLElement>("h3")?.focus({ preventScroll: true });
}
