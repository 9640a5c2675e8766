import { type RefObject, useEffect, useState } from "react";

/** A card gets ready a little below the window; above it only what can be seen, so that nothing grows there unasked. */
const MARGIN = "-8px 0px 400px 0px";

/** Whether an element is on screen or nearly so, and whether it has ever been. */
export function useNear(element: RefObject<HTMLElement | null>): { near: boolean; seen: boolean } {
  const always = typeof IntersectionObserver === "undefined";
  const [near, setNear] = useState(always);
  const [seen, setSeen] = useState(always);
  useEffect(() => {
    if (always || element.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        const now = entries.at(-1)?.isIntersecting === true;
        setNear(now);
        if (now) setSeen(true);
      },
      { rootMargin: MARGIN },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [always, element]);
  return { near, seen };
}
