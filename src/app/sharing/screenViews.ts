import type { Figure } from "../../export/figure";
import { screenFigure } from "../../export/screen/screenFigure";
import { screenParts } from "../../export/screen/screenParts";
import type { Translate } from "../../i18n/translator";
import type { Theme } from "../../viz/ramp";
import { nearest } from "./nearest";

/** A view on the page, as the reader knows it. */
export interface ScreenView {
  readonly name: string;
  readonly element: HTMLElement;
}

/**
 * The views that are on the page, from top to bottom: the named sections that lie in no other. Of one that is a list of figures,
 * each with a question of its own, every figure that has been seen.
 */
export function screenViews(): readonly ScreenView[] {
  const sections = [...document.querySelectorAll<HTMLElement>("main section[aria-label]")];
  return sections
    .filter((section) => section.parentElement?.closest("section[aria-label]") === null)
    .flatMap((element) => {
      const figures = [...element.querySelectorAll<HTMLElement>("article[data-seen]")];
      return figures.length === 0
        ? [{ element, name: element.getAttribute("aria-label") ?? "" }]
        : figures.map((each) => ({ element: each, name: headingOf(each)?.textContent ?? "" }));
    });
}

/** Which view its reader wants who has a view for itself: the last one, or the figure of it that is looked at. */
export function wantedView(views: readonly ScreenView[]): number {
  const figures = views.map(({ element }) => element).filter(({ localName }) => localName === "article");
  const looked = nearest(figures);
  return looked === undefined ? views.length - 1 : views.findIndex(({ element }) => element === looked);
}

function headingOf(element: HTMLElement): HTMLElement | null {
  return element.querySelector<HTMLElement>(":scope > :is(h2, h3)");
}

/** What a figure is about. */
export interface About {
  readonly model: string;
  readonly text: string;
}

/** A view as a figure. Its caption is its heading, the model and the text. */
export function screenViewFigure(
  { element, name }: ScreenView,
  about: About,
  t: Translate,
  theme: Theme,
): Figure {
  const parts = [...(headingOf(element)?.childNodes ?? [])].map((node) => node.textContent?.trim() ?? "");
  const title = parts.filter((part) => part !== "").join(" · ") || name;
  const words = {
    caption: t("export.caption.view", { title, ...about }),
    own: t("export.own"),
    most: t("export.most"),
  };
  return screenFigure(screenParts(element), words, theme);
}
