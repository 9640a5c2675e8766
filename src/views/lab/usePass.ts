import { type PassRequest, type PassState, usePass as usePassOf } from "../../store/usePass";
import { useIsActive } from "./activeCard";

export { type PassRequest, type PassState, useLive } from "../../store/usePass";

/** One more pass of the text that is typed, while the card can be seen. */
export function usePass(request: PassRequest | null): PassState {
  return usePassOf(request, useIsActive());
}
