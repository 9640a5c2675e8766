import { siteTitle } from "../../components/siteTitle";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useLooked, useSession } from "../../store/SessionContext";
import { Chain } from "./Chain";
import { Dimensions } from "./Dimensions";
import { focusOf } from "./focus";
import { GoesInto } from "./GoesInto";
import { PairSentence } from "./PairSentence";
import { Terms } from "./Terms";
import { VectorSentence } from "./VectorSentence";

/** The number that is looked at, explained: in a sentence, step by step, term by term, and where it goes next. */
export function Cell() {
  const t = useT();
  const trace = useSession((session) => session.runs[0]?.trace ?? null);
  const looked = useLooked();
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
      <GoesInto trace={trace} focus={focus} />
    </section>
  );
}
