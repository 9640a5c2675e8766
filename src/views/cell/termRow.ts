import type { Term } from "../../analysis/explain/terms";
import type { TermBar } from "../../components/TermBars";
import type { Trace } from "../../engine/trace";
import type { Translate } from "../../i18n/translator";
import type { Selection } from "../../store/selection";
import { number } from "../../viz/format";
import { termName } from "./termName";

/** A term of an explanation as a bar with its factors. */
export function termRow(t: Translate, term: Term, trace: Trace, looked: Selection): TermBar {
  return {
    id: `${term.at} ${JSON.stringify(term.part)}`,
    ...termName(t, term, trace, looked),
    value: term.value,
    factors: term.factors.length > 1 ? term.factors.map((factor) => number(factor.value)).join(" × ") : "",
  };
}
