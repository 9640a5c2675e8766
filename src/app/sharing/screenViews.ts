import { screenFigure } from "../../export/screen/screenFigure";
import { screenSvg } from "../../export/screen/screenSvg";
import type { Translate } from "../../i18n/translator";
import type { Theme } from "../../viz/ramp";

/** A view on the page, as the reader knows it. */
export interface ScreenView {
  readonly name: string;
  readonly element: HTMLElement;
}

/** The views that are on the page, from top to bottom: the named sections that lie in no other. */
export function screenViews(): readonly ScreenView[] {
  const sections = [...document.querySelectorAll<HTMLElement>("main section[aria-label]")];
  return sections
    .filter((section) => section.parentElement?.closest("section[aria-label]") === null)
    .map((element) => ({ element, name: element.getAttribute("aria-label") ?? "" }));
}

/** What a figure is about. */
export interface About {
  readonly model: string;
  readonly text: string;
}

/** A view as an SVG figure. Its caption is its heading, the model and the text. */
export function screenViewSvg(
  { element, name }: ScreenView,
  about: About,
  t: Translate,
  theme: Theme,
): string {
  const heading = element.querySelector(":scope > h2");
  const parts = [...(heading?.childNodes ?? [])].map((node) => node.textContent?.trim() ?? "");
  const title = parts.filter((part) => part !== "").join(" · ") || name;
  const words = {
    caption: t("share.export.caption.view", { title, ...about }),
    own: t("share.export.own"),
    most: t("share.export.most"),
  };
  return screenSvg(screenFigure(element), words, theme);
}
