import { useMemo } from "react";
import type { SitePattern } from "../../engine/trace";
import { type PassRequest, type PassState, usePass as usePassOf } from "../../store/usePass";
import { useIsActive } from "./activeCard";

export { type PassRequest, type PassState, useLive } from "../../store/usePass";

/** What cards read of the passes that they ask for: patterns and what they come from, the stream, and what is written to it. */
export const LOOKED_AT: readonly SitePattern[] = [
  "*hook_pattern",
  "*hook_attn_scores",
  "*hook_full_embed",
  "*hook_resid_*",
  "*hook_normalized_resid_post",
  "*ln1.hook_out",
  "*hook_attn_out",
];

/** One more pass of the text that is typed, while the card can be seen. */
export function usePass(request: PassRequest | null): PassState {
  const asked = useMemo(() => request && { capture: LOOKED_AT, ...request }, [request]);
  return usePassOf(asked, useIsActive());
}
