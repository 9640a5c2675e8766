import { useRef } from "react";
import type { Trace } from "../../engine/trace";
import {
  type PassRequest,
  type PassState,
  useLive as useLiveOf,
  usePass as usePassOf,
} from "../../store/usePass";
import { useIsActive } from "./activeCard";

export type { PassRequest, PassState } from "../../store/usePass";

/** One more pass of the text that is typed, while the card can be seen. */
export function usePass(request: PassRequest | null): PassState {
  return usePassOf(request, useIsActive());
}

/** The trace of the page's own run. A card that cannot be seen keeps the one that it had: nothing is computed anew for it. */
export function useLive(): Trace | null {
  const live = useLiveOf();
  const active = useIsActive();
  const held = useRef<Trace | null>(null);
  if (active || held.current === null) held.current = live;
  return held.current;
}
