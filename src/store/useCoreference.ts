import { useEffect, useState } from "react";
import { readCoreference } from "../model/evaluation";
import { shippedModel } from "../model/registry";
import { useSession } from "./SessionContext";

type Table = Awaited<ReturnType<typeof readCoreference>>;

const NONE: Table = new Map();

/** What the evaluation of the shown model says of its heads and pronouns; nothing for a model without one. */
export function useCoreference(): Table {
  const model = useSession((session) => session.runs[0]?.trace?.modelId ?? "");
  const isLive = useSession((session) => session.runs[0]?.facts !== null);
  const [known, setKnown] = useState<{ model: string; table: Table } | null>(null);
  useEffect(() => {
    const shipped = shippedModel(model);
    if (shipped === null || !isLive) return;
    let current = true;
    void readCoreference(new URL(shipped.path, document.baseURI).href).then(
      (table) => current && setKnown({ model, table }),
    );
    return () => {
      current = false;
    };
  }, [model, isLive]);
  return known !== null && known.model === model ? known.table : NONE;
}
