import type { Figure } from "../../export/figure";
import { DENSITY, densityOf } from "../../export/png";
import type { Translate } from "../../i18n/translator";
import { number } from "../../viz/format";

/** What the button says that saves a figure as PNG: how large it will be. */
export function pngName(figure: Figure, t: Translate): string {
  const density = densityOf(figure);
  return density === DENSITY ? t("export.png") : t("export.png.smaller", { times: number(density) });
}
