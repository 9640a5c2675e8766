import { DENSITY, densityOf } from "../../export/png";
import type { Translate } from "../../i18n/translator";
import { number } from "../../viz/format";

/** What the button says that saves a figure as PNG: how large it will be. */
export function pngName(svg: string, t: Translate): string {
  const density = densityOf(svg);
  return density === DENSITY
    ? t("share.export.png")
    : t("share.export.png.smaller", { times: number(density) });
}
