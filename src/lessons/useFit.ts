import { type RefObject, useLayoutEffect, useState } from "react";

/** How far a content may be shrunk: at 1280 × 720 prose is still set in 17 px, the labels of a figure in 11. */
const LEAST = 0.64;
/** The most that it is shrunk at once: what it is laid out anew in is wider, so it needs less than its height says. */
const AT_ONCE = 0.9;

/**
 * Shrinks a content, by `zoom`, so that it is laid out anew, until it fits the height of its pane. Returns whether it is still
 * too high for it, so that the pane scrolls. Beginning with another content (`anew`) or size of the pane, it starts at full size.
 */
export function useFit(
  pane: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  fits: boolean,
  anew: unknown,
): boolean {
  const [scrolls, setScrolls] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another content is fitted anew
  useLayoutEffect(() => {
    const [outer, inner] = [pane.current, content.current];
    if (outer === null || inner === null || !fits || typeof ResizeObserver === "undefined") return;
    let zoom = 1;
    let height = 0;
    let frame: number | null = null;
    const isOver = () => outer.scrollHeight > outer.clientHeight + 1;
    const shrink = () => {
      frame = null;
      if (outer.clientHeight !== height) {
        height = outer.clientHeight;
        zoom = 1;
        inner.style.zoom = "1";
      }
      while (zoom > LEAST && isOver()) {
        const share = Math.sqrt(outer.clientHeight / outer.scrollHeight);
        zoom = Math.max(LEAST, zoom * Math.min(0.98, Math.max(AT_ONCE, share)));
        inner.style.zoom = String(zoom);
      }
      setScrolls(isOver());
    };
    const later = () => {
      frame ??= requestAnimationFrame(shrink);
    };
    outer.scrollTop = 0;
    shrink();
    const observer = new ResizeObserver(later);
    observer.observe(outer);
    observer.observe(inner);
    return () => {
      observer.disconnect();
      if (frame !== null) cancelAnimationFrame(frame);
      inner.style.zoom = "";
      setScrolls(false);
    };
  }, [pane, content, fits, anew]);
  return scrolls;
}
