import type { Trace } from "../../../engine/trace";
import { RunsOn } from "./RunsOn";

/** Which weights a changed pass ran on, as its spec says. */
export function ChangedWeights({ trace }: { trace: Trace | null }) {
  const changed = trace?.spec.changed;
  const drawn = changed?.parts.filter(({ source }) => source === "random") ?? [];
  const seed = String(changed?.random.seed ?? "");
  if (changed?.random.all) return <RunsOn of="random" name={seed} />;
  return <RunsOn of={drawn.length > 0 ? "mixed" : "own"} name={drawn.length > 0 ? seed : ""} />;
}
