import { useEffect, useState } from "react";
import { readSiblings, type Siblings } from "../model/siblings";

export type { SiblingModel, Siblings } from "../model/siblings";

const NONE: Siblings = { trainedLength: 0, models: [] };

/** The siblings that ship with the page; null until they have been looked for, none where they cannot be read. */
export function useSiblings(): Siblings | null {
  const [siblings, setSiblings] = useState<Siblings | null>(null);
  useEffect(() => {
    let current = true;
    readSiblings(new URL(".", document.baseURI).href).then(
      (found) => current && setSiblings(found),
      () => current && setSiblings(NONE),
    );
    return () => {
      current = false;
    };
  }, []);
  return siblings;
}
