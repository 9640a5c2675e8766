/** What a reader does when they go on by themselves. */
const GOING_ON = ["wheel", "touchstart", "pointerdown", "keydown"] as const;

/** How long an element is held while those around it become as high as they are, in ms. */
const SETTLING = 4000;

/** Ends the holding of the element that was shown last. */
let letGo = () => {};

/** Brings an element to the top of the window, and holds it there while the page around it grows or shrinks, until the reader goes on. */
export function holdAtTop(element: Element): void {
  letGo();
  const show = () => element.scrollIntoView({ block: "start" });
  show();
  if (typeof ResizeObserver === "undefined") return;
  const observer = new ResizeObserver(show);
  observer.observe(document.body);
  const stop = () => {
    observer.disconnect();
    clearTimeout(timer);
    for (const each of GOING_ON) removeEventListener(each, stop);
  };
  const timer = setTimeout(stop, SETTLING);
  for (const each of GOING_ON) addEventListener(each, stop, { passive: true });
  letGo = stop;
}
