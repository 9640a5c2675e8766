import { useEffect, useState } from "react";
import { readSiblings, type Siblings } from "../model/siblings";

export type { SiblingModel, Siblings } from "../model/siblings";

const NONE: Siblings = { trainedLength: 0, models: [] };

let reading: Promise<Siblings> | null = null;

/**
 * The siblings that ship with the page; null until they are wanted and have been looked for, once for the whole page; none
 * where they cannot be read.
 */
export function useSiblings(wanted = true): Siblings | null {
  const [siblings, setSiblings] = useState<Siblings | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    reading ??= readSiblings(new URL(".", document.baseURI).href).catch(() => NONE);
    void reading.then((found) => current && setSiblings(found));
    return () => {
      current = false;
    };
  }, [wanted]);
  return siblings;
}
