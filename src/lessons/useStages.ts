import { useEffect, useMemo, useState } from "react";
import { useSettings } from "../store/SettingsContext";
import type { Chapter } from "./chapter";
import { type OpenSession, openStage, type Stage } from "./stage";

/**
 * The stages of a chapter. That of the step which is shown computes first, then each other one in turn: paper needs them all,
 * and the next step is there when it is asked for.
 */
export function useStages(chapter: Chapter, open: OpenSession, at: number): readonly Stage[] {
  const theme = useSettings((settings) => settings.theme);
  const language = useSettings((settings) => settings.language);
  // biome-ignore lint/correctness/useExhaustiveDependencies: figures follow the page's theme and language as they change
  const stages = useMemo(
    () => chapter.steps.map((step) => openStage(step, open, { theme, language })),
    [chapter, open],
  );
  const [done, setDone] = useState<ReadonlySet<Stage>>(new Set());
  const next = [stages[at], ...stages].find((stage) => stage !== undefined && !done.has(stage));
  useEffect(() => {
    if (next === undefined) return;
    const settled = () => {
      const { status } = next.session.getState().runs[0] ?? {};
      if (status !== "loading" && status !== "running") setDone((known) => new Set([...known, next]));
    };
    const stop = next.session.subscribe(settled);
    next.start();
    return stop;
  }, [next]);
  return stages;
}
