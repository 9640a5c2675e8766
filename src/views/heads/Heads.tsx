import { useDeferredValue, useMemo } from "react";
import { headFacts } from "../../analysis/heads/headFacts";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useSession } from "../../store/SessionContext";
import { useLayerHeads } from "../../store/useLayerHeads";
import { HeadGrid } from "./HeadGrid";
import { HeadList } from "./HeadList";
import { headRows } from "./headRows";

/** Every head of the model on this sentence: thumbnails of the real patterns, and what the heads do. */
export function Heads() {
  const t = useT();
  const trace = useSession((session) => session.runs[0]?.trace ?? null);
  const layers = useLayerHeads();
  // A long trace gains stages as they are looked at; its heads stay what they are.
  const source = layers ?? trace;
  const rows = useMemo(() => rowsOf(source), [source]);
  // Labels may come a frame later than the patterns: typing goes first.
  const settled = useDeferredValue(source);
  const facts = useMemo(() => factsOf(settled), [settled]);
  if (trace === null) return null;
  return (
    <section aria-label={t("heads.region")}>
      <h2>
        <T id="heads.title" />
        <span>
          <T id="heads.about" />
        </span>
      </h2>
      <HeadGrid rows={rows} />
      <HeadList facts={facts} />
    </section>
  );
}

type Source = Trace | NonNullable<ReturnType<typeof useLayerHeads>> | null;

/** The rows of a trace, or of the smaller patterns that stand for those of a long one. */
function rowsOf(source: Source) {
  if (source === null) return [];
  if ("sites" in source) return headRows(source);
  return headRows({ sites: Object.fromEntries(source.map(({ site, patterns }) => [site, patterns])) });
}

function factsOf(source: Source) {
  if (source === null) return [];
  return "sites" in source ? headFacts(source) : source.flatMap(({ facts }) => facts);
}
