import { Hint, Say } from "../../components/Say";
import type { AttentionSpec, StackSpec } from "../../engine/spec";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useLooked, useSession } from "../../store/SessionContext";
import { useOption } from "../../store/SettingsContext";
import { useWhyAbsent } from "../../store/useWhyAbsent";
import { tokensAlong } from "../../viz/siteView";
import { Permute } from "./Permute";
import { PositionSentence } from "./PositionSentence";
import { allPositions, schemeOf } from "./positionFacts";
import { SchemeFigures } from "./SchemeFigures";
import { usePositionFacts } from "./usePositionFacts";

/** How the model knows where its tokens stand, and what happens when they change places. */
export function Position() {
  const trace = useSession((session) => session.runs[0]?.trace ?? null);
  const looked = useLooked();
  const stack = trace?.spec.stacks.find((each) => each.name === looked.stack);
  const attention = stack?.layers[looked.layer]?.attn;
  if (trace === null || stack === undefined || attention === undefined) return null;
  return <PositionOf trace={trace} stack={stack} attention={attention} />;
}

interface Props {
  trace: Trace;
  stack: StackSpec;
  attention: AttentionSpec;
}

function PositionOf({ trace, stack, attention }: Props) {
  const t = useT();
  const looked = useLooked();
  const [by, setBy] = useOption("similarity");
  const absent = useWhyAbsent();
  // Another order of the words, where it was asked for, is what the figure is about.
  const [order] = useOption("order");
  const [bare] = useOption("bare");
  const isMoved = bare || order !== null;
  const own = { ...looked, attention: "attn" } as const;
  const facts = usePositionFacts(trace, stack, attention, own, by);
  const scheme = schemeOf(stack, attention);
  const { kind } = scheme;
  // Of a file of patterns alone nobody knows what its model was told.
  const isKnown = trace.spec.family !== "patterns";
  const all = allPositions(scheme, trace.spec.context);
  const tokens = tokensAlong("query_pos", trace, own);
  return (
    <section aria-label={t("position.region")}>
      <h2>
        <T id="position.title" />
        <span>{t(`position.scheme.${kind}`)}</span>
      </h2>
      {facts === null ? (
        <Say>
          <T id={kind === "none" && isKnown ? "position.say.none" : `position.absent.${absent}`} />
        </Say>
      ) : (
        <>
          <PositionSentence facts={facts} tokens={tokens} />
          <Hint>
            <T id="position.hint" />
          </Hint>
          {facts.columns !== "distance" && facts.table.rows < all && (
            <Hint>
              <T id="position.shown" values={{ shown: facts.table.rows, all }} />
            </Hint>
          )}
          <SchemeFigures spare={isMoved ? 2 : undefined} facts={facts} tokens={tokens} by={by} onBy={setBy} />
        </>
      )}
      {isKnown && (
        <Permute trace={trace} stack={stack} attention={attention} spare={isMoved ? undefined : 2} />
      )}
    </section>
  );
}
