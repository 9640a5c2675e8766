import { useEffect, useState } from "react";
import { useSession, useSessionStore } from "./SessionContext";

/** Display texts of the model's vocabulary by id, or null until they have come from the engine. */
export function useVocabulary(): readonly string[] | null {
  const store = useSessionStore();
  const model = useSession((session) => session.runs[0]?.trace?.modelId ?? null);
  const isLive = useSession((session) => session.runs[0]?.facts !== null);
  const [known, setKnown] = useState<{ model: string; texts: readonly string[] } | null>(null);
  useEffect(() => {
    if (model === null || !isLive) return;
    let current = true;
    void store
      .getState()
      .vocabulary()
      .then((outcome) => {
        if (current && outcome.kind === "done") setKnown({ model, texts: outcome.value });
      });
    return () => {
      current = false;
    };
  }, [store, model, isLive]);
  return known !== null && known.model === model ? known.texts : null;
}
