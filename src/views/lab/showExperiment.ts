import { holdAtTop } from "../../components/holdAtTop";
import type { ExperimentId } from "./registry";

/** The element of an experiment's card. */
export function elementId(id: ExperimentId | ""): string {
  return `experiment-${id}`;
}

/**
 * Brings a card into view and the keyboard to its question, and holds it there while the page around it grows or shrinks, until
 * the reader goes on.
 */
export function showExperiment(id: ExperimentId): void {
  const article = document.getElementById(elementId(id));
  if (article === null) return;
  holdAtTop(article);
  article.querySelector<HTMLElement>("h3")?.focus({ preventScroll: true });
}
