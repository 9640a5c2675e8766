import { useSession, useSessionStore } from "../../store/SessionContext";
import type { Checkpoint } from "../../store/useCheckpoints";

/** The name under which the session, and so a link, keeps the moment that is shown. */
const PLACE = "training";

/** The moment that is shown: the last one, until another is chosen. */
export function useCheckpoint(checkpoints: readonly Checkpoint[]) {
  const store = useSessionStore();
  const step = useSession((session) => session.experiments.all[PLACE]?.step);
  const found = checkpoints.findIndex((each) => String(each.step) === step);
  const at = found < 0 ? checkpoints.length - 1 : found;
  const go = (to: number) => {
    const chosen = checkpoints[Math.min(checkpoints.length - 1, Math.max(0, to))];
    if (chosen !== undefined) store.getState().openExperiment(PLACE, { step: String(chosen.step) });
  };
  return { at, now: checkpoints[at], go };
}
