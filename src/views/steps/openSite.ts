import type { Selection } from "../../store/selection";
import { OPENS } from "../../store/stages";
import type { Stage } from "../../store/stageTable";

/** The site of a stage that is open: the chosen one if it is among the stage's, else the one that it opens at. */
export function openSite({ id, sites }: Stage, { site }: Pick<Selection, "site">): string {
  if (site !== null && sites.includes(site)) return site;
  return sites.includes(OPENS[id]) ? OPENS[id] : (sites.at(-1) ?? OPENS[id]);
}
