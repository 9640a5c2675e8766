import { useEffect, useState } from "react";
import { useSessionStore } from "../../store/SessionContext";
import type { Stage } from "../../store/stageTable";
import { openSite } from "./openSite";

/** How long each picture stays, in ms. */
const PACE = 1400;

/** Walks through all stages and, within the softmax, through its parts; stops at the end. */
export function usePlay(stages: readonly Stage[], stage: Stage | undefined) {
  const store = useSessionStore();
  const [playing, setPlaying] = useState(false);
  useEffect(() => {
    if (!playing || stage === undefined) return;
    const timer = setTimeout(() => {
      const { selection, select } = store.getState();
      const next = stages[stages.indexOf(stage) + 1];
      const parts = stage.layout === "matrix" ? stage.sites : [];
      const part = parts[parts.indexOf(openSite(stage, selection)) + 1];
      if (part !== undefined) select({ site: part });
      else if (next !== undefined) select({ step: next.id, ...first(next) });
      else setPlaying(false);
    }, PACE);
    return () => clearTimeout(timer);
  });
  return {
    playing,
    toggle: () => {
      const last = stages.at(-1);
      const begin = stages[0];
      if (!playing && stage === last && begin !== undefined) store.getState().select({ step: begin.id });
      setPlaying(!playing);
    },
  };
}

/** A stage of several parts begins with the first of them. */
function first({ layout, sites }: Stage): { site?: string } {
  const [site] = sites;
  return layout === "matrix" && site !== undefined ? { site } : {};
}
