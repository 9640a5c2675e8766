import { useSyncExternalStore } from "react";
import type { Theme } from "../viz/ramp";

/**
 * The theme that the page shows just now: its `data-theme` where that says one, else the system's. Canvases and cells
 * are painted in it.
 */
export function useColourTheme(): Theme {
  return useSyncExternalStore(subscribe, current, () => "light");
}

function current(): Theme {
  const said = document.documentElement.dataset.theme;
  if (said === "light" || said === "dark") return said;
  return systemQuery()?.matches ? "dark" : "light";
}

function subscribe(changed: () => void): () => void {
  const system = systemQuery();
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  system?.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    system?.removeEventListener("change", changed);
  };
}

let query: MediaQueryList | undefined;

/** Absent where there is no layout engine. */
function systemQuery(): MediaQueryList | undefined {
  query ??= window.matchMedia?.("(prefers-color-scheme: dark)");
  return query;
}
