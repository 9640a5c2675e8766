import { startTransition, useEffect, useRef, useState } from "react";

/** How long a value must be the same, in ms, before it counts as at rest. */
const REST = 150;

/**
 * A value that nobody needs while it runs: after a rest it follows at once, in a row of changes only the last, when it
 * rests again.
 */
export function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value);
  const changed = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const now = performance.now();
    const follow = () => startTransition(() => setRested(() => value));
    const isRow = now - changed.current < REST;
    changed.current = now;
    if (!isRow) return follow();
    const timer = setTimeout(follow, REST);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
