import { useSyncExternalStore } from "react";
import type { Theme } from "../viz/ramp";

/**
 * The theme that the page shows just now: its `data-theme` where that says one and the system forces no colours of its
 * own, else the system's. Canvases and cells are painted in it.
 */
export function useColourTheme(): Theme {
  return useSyncExternalStore(subscribe, current, () => "light");
}

function current(): Theme {
  const said = document.documentElement.dataset.theme;
  if ((said === "light" || said === "dark") && !query(FORCED)?.matches) return said;
  return query(DARK)?.matches ? "dark" : "light";
}

function subscribe(changed: () => void): () => void {
  const system = [query(DARK), query(FORCED)];
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  for (const each of system) each?.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    for (const each of system) each?.removeEventListener("change", changed);
  };
}

const DARK = "(prefers-color-scheme: dark)";
const FORCED = "(forced-colors: active)";
const known = new Map<string, MediaQueryList>();

/** Absent where there is no layout engine. */
function query(condition: string): MediaQueryList | undefined {
  const made = known.get(condition) ?? window.matchMedia?.(condition);
  if (made !== undefined) known.set(condition, made);
  return made;
}
