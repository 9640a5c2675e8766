import { useMemo } from "react";
import { useSession } from "../store/SessionContext";
import { type Facts, factsOf } from "./facts";

/** The facts of the figure of this step, or null before it has a trace of its own text. */
export function useFacts(): Facts | null {
  const run = useSession((session) => session.runs[0]);
  const selection = useSession((session) => session.selection);
  return useMemo(() => factsOf(run, selection), [run, selection]);
}
