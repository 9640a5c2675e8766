import { useCallback, useDeferredValue, useMemo } from "react";
import {
  type CoreferenceTable,
  headFacts,
  patternSites,
  withCoreference,
} from "../../analysis/heads/headFacts";
import { rescaled } from "../../analysis/matrix";
import { Hint } from "../../components/Say";
import type { Tensor } from "../../engine/tensor";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useSession } from "../../store/SessionContext";
import { useOption } from "../../store/SettingsContext";
import { useCoreference } from "../../store/useCoreference";
import { useLayerHeads } from "../../store/useLayerHeads";
import { HeadDetail } from "./HeadDetail";
import { HeadGrid } from "./HeadGrid";
import { HeadList } from "./HeadList";
import { HeadTools } from "./HeadTools";
import { isWanted, kindOfHead } from "./headOrder";
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
  const coreference = useCoreference();
  const facts = useMemo(() => factsOf(settled, coreference), [settled, coreference]);
  // Made when somebody asks which heads are alike.
  const patterns = useCallback(() => patternsOf(settled), [settled]);
  const [only] = useOption("headKind");
  const isNarrowed = facts.some((fact) => kindOfHead(fact) === only);
  const wanted = isNarrowed ? facts.filter((fact) => isWanted(fact, only)) : facts;
  const faded = useMemo(
    () =>
      new Set(
        isNarrowed
          ? facts.filter((fact) => !isWanted(fact, only)).map(({ site, head }) => `${site} ${head}`)
          : [],
      ),
    [facts, only, isNarrowed],
  );
  if (trace === null) return null;
  const isImage = trace.spec.stacks[0]?.embed.kind === "patches";
  return (
    <section aria-label={t("heads.region")}>
      <h2>
        <T id="heads.title" />
        <span>
          <T id={isImage ? "heads.about.image" : "heads.about"} />
        </span>
      </h2>
      <HeadGrid rows={rows} faded={faded} />
      <Hint>{t("heads.hint")}</Hint>
      <HeadDetail facts={facts} patterns={patterns} />
      <HeadTools facts={facts} />
      <HeadList facts={wanted} />
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

function factsOf(source: Source, coreference: CoreferenceTable) {
  if (source === null) return [];
  if ("sites" in source) return headFacts(source, coreference);
  return withCoreference(
    source.flatMap(({ facts }) => facts),
    coreference,
  );
}

/** Patterns by site, to compare heads by. Of a long trace they are the small ones, each row made to sum to one again. */
function patternsOf(source: Source): ReadonlyMap<string, Tensor> {
  if (source === null) return new Map();
  if ("sites" in source)
    return new Map(patternSites(source.sites).map(({ site, patterns }) => [site, patterns]));
  return new Map(source.map(({ site, patterns }) => [site, rescaled(patterns)]));
}
