import { siteTitle } from "../../components/siteTitle";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useLooked, useSession } from "../../store/SessionContext";
import { useNeed } from "../../store/useNeed";
import { siteName } from "../../viz/siteView";
import { Chain } from "./Chain";
import { Dimensions } from "./Dimensions";
import { focusOf } from "./focus";
import { GoesInto } from "./GoesInto";
import { PairSentence } from "./PairSentence";
import { Terms } from "./Terms";
import { VectorSentence } from "./VectorSentence";

/** What leads from a query and a key to their share, and what the share is of. */
const CHAIN = [
  "hook_q",
  "hook_k",
  "hook_v",
  "step_dot",
  "step_scaled",
  "step_bias",
  "hook_attn_scores",
  "step_row_max",
  "step_exp",
  "step_row_sum",
  "hook_pattern",
].map((part) => `attn.${part}`);

/** The number that is looked at, explained: in a sentence, step by step, term by term, and where it goes next. */
export function Cell() {
  const t = useT();
  const trace = useSession((session) => session.runs[0]?.trace ?? null);
  const looked = useLooked();
  // A pointer that runs over the heads asks for nothing: each of these stages of a long text is a large matrix.
  const selection = useSession((session) => session.selection);
  useNeed(CHAIN.map((part) => ({ site: siteName(selection, part), head: selection.head })));
  if (trace === null) return null;
  const focus = focusOf(trace, looked);
  if (focus === null) return null;
  return (
    <section aria-label={t("cell.region")}>
      <h2>
        <T id="cell.title" />
        <span>
          {t("cell.place", {
            layer: looked.layer,
            head: looked.head,
            site: siteTitle(t, focus.part, looked),
          })}
        </span>
      </h2>
      {focus.kind === "pair" ? (
        <>
          <PairSentence trace={trace} looked={looked} focus={focus} />
          <Chain trace={trace} looked={looked} focus={focus} />
          <Dimensions trace={trace} looked={looked} />
        </>
      ) : (
        <>
          <VectorSentence trace={trace} looked={looked} focus={focus} />
          <Terms trace={trace} looked={looked} focus={focus} />
        </>
      )}
      <GoesInto trace={trace} site={focus.site} axes={focus.index.length} />
    </section>
  );
}
