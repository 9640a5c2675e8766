import { useEffect, useState } from "react";
import { type Checkpoint, readCheckpoints } from "../model/checkpoints";
import { failureOf } from "../worker/failure";
import type { Failure } from "./run";

export { type Checkpoint, HEAD_SCORES, type HeadScore } from "../model/checkpoints";

interface Found {
  readonly checkpoints: readonly Checkpoint[];
  readonly error: Failure | null;
}

/** The moments of the training run that were kept; none until they have come. */
export function useCheckpoints(): Found {
  const [found, setFound] = useState<Found>({ checkpoints: [], error: null });
  useEffect(() => {
    let current = true;
    readCheckpoints(new URL(".", document.baseURI).href).then(
      (checkpoints) => current && setFound({ checkpoints, error: null }),
      (error: unknown) => current && setFound({ checkpoints: [], error: failureOf(error) }),
    );
    return () => {
      current = false;
    };
  }, []);
  return found;
}
