import { useEffect } from "react";
import type { SiteRequest } from "./derivedSites";
import { useSession, useSessionStore } from "./SessionContext";

/** Asks for the stages that a trace left out, as a view comes to show them, and lets go of them after it. */
export function useNeed(requests: readonly SiteRequest[]): void {
  const store = useSessionStore();
  const input = useSession((session) => session.runs[0]?.input ?? null);
  const wanted = requests.map(({ site, head }) => `${site} ${head}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `wanted` stands for the requests, which are new objects each time
  useEffect(() => {
    if (requests.length > 0) return store.getState().need(requests);
  }, [store, input, wanted]);
}
