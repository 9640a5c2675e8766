import type { Trace } from "../engine/trace";
import type { SiteRequest } from "./derivedSites";

/** What a view needs that reads what a model says at every position, not at the last alone. */
export const LOGIT_ROWS: readonly SiteRequest[] = [{ site: "logits", head: null }];

/** Rows beyond so many bytes are not fetched: such a trace is of its last position alone. */
const MOST_BYTES = 32 * 2 ** 20;

/** Whether a trace holds the last row of its logits alone although all of them can be had. */
export function lacksRows({ spec, sites, tokens, decoderTokens }: Trace): boolean {
  if (sites.logits === undefined || spec.heads.every(({ kind }) => kind !== "lm")) return false;
  const [rows = 0, width = 0] = sites.logits.shape;
  const positions = (decoderTokens ?? tokens).length;
  return rows < positions && 4 * positions * width <= MOST_BYTES;
}
