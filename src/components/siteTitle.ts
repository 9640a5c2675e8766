import type { MessageKey } from "../i18n/areas";
import type { Translate } from "../i18n/translator";

/**
 * What a site is, in the reader's language. `site` may name its stack and layer ("blocks.1.hook_mlp_out"), else `layer`
 * says it. The LayerNorms of a model share their words.
 */
export function siteTitle(
  t: Translate,
  site: string,
  { layer, head }: { layer: number; head: number },
): string {
  const [, own, part = site] = /^(?:blocks|encoder|decoder)\.(\d+)\.(.+)$/.exec(site) ?? [];
  const local = part
    .replace(/^(?:encoder|decoder)\./, "")
    .replace(/^cross_attn\./, "attn.")
    .replace(/^(?:ln\d|ln_final|embed\.ln|mlm_head\.ln)\./, "");
  return t(`steps.site.${local}` as MessageKey, { layer: own === undefined ? layer : Number(own), head });
}
