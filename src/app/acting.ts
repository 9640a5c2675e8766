/** The lock that a page holds while its reader acts; the service worker keeps no file meanwhile (vite/serviceWorker.js). */
const LOCK = "sightline-acting";
/** How long after the last move of a pointer, key or wheel a reader counts as resting, in ms. */
const REST = 1000;
const ACTS = ["pointermove", "pointerdown", "keydown", "wheel", "touchmove"] as const;

/**
 * Holds a lock, shared among the site's pages, from a reader's act until they rest: what can wait (files on their way into
 * the browser's cache) then does not take the processor from what they look at. Returns a function that ends it.
 */
export function holdWhileActing(target: EventTarget = window): () => void {
  const { locks } = navigator;
  if (locks === undefined) return () => undefined;
  let last = 0;
  let isHeld = false;
  const rested = async () => {
    for (let left = REST; left > 0; left = last + REST - performance.now())
      await new Promise((resolve) => setTimeout(resolve, left));
    isHeld = false;
  };
  const act = () => {
    last = performance.now();
    if (isHeld) return;
    isHeld = true;
    void locks.request(LOCK, { mode: "shared" }, rested);
  };
  for (const name of ACTS) target.addEventListener(name, act, { passive: true, capture: true });
  return () => {
    for (const name of ACTS) target.removeEventListener(name, act, { capture: true });
  };
}
