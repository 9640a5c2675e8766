import { useDeferredValue, useMemo } from "react";
import { headFacts } from "../../analysis/heads/headFacts";
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
  const rows = useMemo(
    () => (trace === null ? [] : headRows(layers === null ? trace : pictured(layers))),
    [trace, layers],
  );
  // Labels may come a frame later than the patterns: typing goes first.
  const settled = useDeferredValue(trace);
  const facts = useMemo(() => {
    if (layers !== null) return layers.flatMap((layer) => layer.facts);
    return settled === null ? [] : headFacts(settled);
  }, [settled, layers]);
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

/** The smaller patterns of a long trace, where those of a short one stand. */
function pictured(layers: NonNullable<ReturnType<typeof useLayerHeads>>) {
  return { sites: Object.fromEntries(layers.map(({ site, patterns }) => [site, patterns])) };
}
