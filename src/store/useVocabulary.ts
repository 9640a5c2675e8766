import { useEffect, useState } from "react";
import { useSession, useSessionStore } from "./SessionContext";

/** Display texts of a model's vocabulary by id (the first run's model, where none is named), or null until they have come. */
export function useVocabulary(of: string | null = null): readonly string[] | null {
  const store = useSessionStore();
  const own = useSession((session) => session.runs[0]?.trace?.modelId ?? null);
  const model = of ?? own;
  const given = useSession(({ runs: [run] }) =>
    run?.run.source.kind === "trace" ? (run.run.source.vocabulary ?? null) : null,
  );
  const isLive = useSession((session) => session.runs[0]?.facts !== null);
  const [known, setKnown] = useState<{ model: string; texts: readonly string[] } | null>(null);
  useEffect(() => {
    if (model === null || !isLive) return;
    let current = true;
    void store
      .getState()
      .vocabulary(model)
      .then((outcome) => {
        if (current && outcome.kind === "done") setKnown({ model, texts: outcome.value });
      });
    return () => {
      current = false;
    };
  }, [store, model, isLive]);
  if (given !== null && model === own) return given;
  return known !== null && known.model === model ? known.texts : null;
}
