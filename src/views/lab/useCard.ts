import { useEffect, useState } from "react";
import type { Card } from "./card";
import { type ExperimentId, loadCard, loadedCard } from "./registry";

/** The experiment's card, or null until its code has come; an error of the way is thrown, for the card's boundary. */
export function useCard(id: ExperimentId): Card | null {
  const [found, setFound] = useState<{ card: Card } | { error: unknown } | null>(null);
  useEffect(() => {
    let current = true;
    loadCard(id).then(
      (card) => current && setFound({ card }),
      (error: unknown) => current && setFound({ error }),
    );
    return () => {
      current = false;
    };
  }, [id]);
  if (found !== null && "error" in found) throw found.error;
  return loadedCard(id) ?? found?.card ?? null;
}
