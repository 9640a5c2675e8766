import type { SiteEdit } from "./edits";
import { UnknownSiteError } from "./errors";
import type { StackSource } from "./input";
import { siteShapes } from "./siteShapes";
import type { ModelSpec } from "./spec";

/** Throws UnknownSiteError for an edit of a site that no run of this spec has. */
export function checkEdits(
  spec: ModelSpec,
  edits: readonly SiteEdit[],
  sources: readonly StackSource[],
): void {
  if (edits.length === 0) return;
  const shapes = siteShapes(
    spec,
    sources.map(({ ids }) => ids.length),
    "all",
  );
  for (const { site } of edits) {
    if (!shapes.has(site)) throw new UnknownSiteError({ site, model: spec.family });
  }
}
