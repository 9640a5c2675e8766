import type { MessageKey } from "../../i18n/areas";
import type { Translate } from "../../i18n/translator";
import type { Selection } from "../../store/selection";

/** What a site is, in the reader's language. The three LayerNorms share their words. */
export function siteTitle(
  t: Translate,
  site: string,
  { layer, head }: Pick<Selection, "layer" | "head">,
): string {
  return t(`steps.site.${site.replace(/^ln\d\./, "")}` as MessageKey, { layer, head });
}
