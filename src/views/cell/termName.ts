import type { Expression, SiteReference } from "../../analysis/explain/expression";
import type { Term } from "../../analysis/explain/terms";
import { siteTitle } from "../../components/siteTitle";
import type { Trace } from "../../engine/trace";
import type { Translate } from "../../i18n/translator";
import type { Selection } from "../../store/selection";
import { tokensAlong } from "../../viz/siteView";
import { tokenText } from "../../viz/tokenText";
import { twinPlace } from "../../viz/twins";

/** A name, and the position of a token that another one looks like. */
export interface TermName {
  readonly name: string;
  readonly place: number | null;
}

/** What a term of an explanation is called: a token, a dimension, a head, a bias. */
export function termName(t: Translate, term: Term, trace: Trace, looked: Selection): TermName {
  if (term.at !== null) return entryName(term, trace, looked);
  return { name: term.part === null ? "" : partName(t, term.part, looked), place: null };
}

/** The entry of the axis that is summed over: a token where that is an axis of positions, else a dimension. */
function entryName({ at, factors }: Term, trace: Trace, looked: Selection): TermName {
  for (const { of } of factors) {
    if (!("site" in of)) continue;
    const axis = openAxis(of, trace);
    if (axis === "key_pos" || axis === "query_pos" || axis === "pos") {
      const tokens = tokensAlong(axis, trace, looked);
      const token = tokens[at ?? 0];
      if (token !== undefined) return { name: tokenText(token.text), place: twinPlace(tokens, at ?? 0) };
    }
  }
  return { name: `d${at}`, place: null };
}

function openAxis({ site, index }: SiteReference, trace: Trace) {
  const tensor = trace.sites[site as keyof Trace["sites"]];
  const open = index.findIndex((at) => at === null || (typeof at === "object" && "length" in at));
  if (tensor !== undefined) return tensor.axes[open];
  // Of a head alone, without the axis of heads.
  const held = Object.values(trace.heads?.[site]?.of ?? {})[0];
  return held?.axes[open - 1];
}

function partName(t: Translate, part: Expression, looked: Selection): string {
  if (part.op === "constant") return t(`cell.constant.${part.name}`);
  if (part.op === "cell") {
    if ("site" in part.of) return siteTitle(t, part.of.site, looked);
    return "weight" in part.of ? (part.of.weight.split(".").at(-1) ?? "") : t("cell.patch");
  }
  if (part.op === "dot" && "site" in part.left && part.left.site.endsWith("hook_z")) {
    return t("cell.head", { head: Number(part.left.index[0]) });
  }
  return t(`cell.op.${part.op}`);
}
