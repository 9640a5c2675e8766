import { useRef } from "react";

/**
 * What `make` gave when nothing was late: what is said and drawn goes with the passes that it is read from, and while a switch or
 * a text waits for its own, the last stands.
 */
export function useSettled<T>(late: boolean, make: () => T): T | null {
  const last = useRef<T | null>(null);
  if (!late) last.current = make();
  return last.current;
}
