import { siteTitle } from "../../components/siteTitle";
import type { Trace } from "../../engine/trace";
import type { Translate } from "../../i18n/translator";
import type { Selection } from "../../store/selection";
import { headTensorAt } from "../../viz/siteView";

/** A site that can be exported: its name without stack and layer, and in words. */
export interface SiteChoice {
  readonly part: string;
  readonly title: string;
}

/**
 * The sites of the trace that belong to the selected layer, and those of the whole model, in the order of the pass; then what a long
 * trace holds of the looked head alone.
 */
export function siteChoices(trace: Trace, selection: Selection, t: Translate): readonly SiteChoice[] {
  const layer = `${selection.stack}.${selection.layer}.`;
  const own = `${selection.attention}.`;
  const names = [...Object.keys(trace.sites), ...Object.keys(trace.heads ?? {})];
  const parts = names.map((name) => {
    const local = name.startsWith(layer)
      ? name.slice(layer.length)
      : name.replace(/^(?:encoder|decoder)\./, "");
    return local.startsWith(own) ? `attn.${local.slice(own.length)}` : local;
  });
  return [...new Set(parts)]
    .filter((part) => headTensorAt(trace, selection, part) !== null)
    .map((part) => ({ part, title: titleOf(part, selection, t) }));
}

/** Sites of the output, which go by their names. */
const UNTITLED = /^(?:logits|nsp_logits|mlm_head\.step|pooler\.)/;

/** A site in words where there are some, else its name. */
export function titleOf(part: string, selection: Selection, t: Translate): string {
  return UNTITLED.test(part) ? part : siteTitle(t, part, selection);
}
