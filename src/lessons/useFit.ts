import { type RefObject, useLayoutEffect, useState } from "react";

/** How far a content is shrunk before anything of it is left out. */
const WHOLE = 0.85;
/** How far it may be shrunk at all: at 1280 × 720 prose is still set in 17 px, the labels of a figure in 11. */
const LEAST = 0.64;
/** The most that it is shrunk at once: what it is laid out anew in is wider, so it needs less than its height says. */
const AT_ONCE = 0.9;
/** Below this share of the pane a content that was shrunk, or of which something was left out, is fitted anew: it has become smaller. */
const SLACK = 0.75;
/** How much at once a content is enlarged where there is room. */
const GROWTH = 1.06;
/** So often at most while nothing comes or goes, should it be smaller for being laid out anew. */
const ANEW = 4;

/**
 * Makes a content fit the height of its pane: shrinks it, by `zoom`, so that it is laid out anew, and rather than making its type
 * small leaves out what views mark as `data-spare`; what has room to spare is enlarged, up to `most`. `--room` is the height that it has,
 * in its own pixels. Returns whether it is still too high for it, so that the pane scrolls.
 * Beginning with another content (`anew`) or size of the pane, it starts at full size with everything.
 */
export function useFit(
  pane: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  fits: boolean,
  most: number,
  anew: unknown,
): boolean {
  const [scrolls, setScrolls] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another content is fitted anew
  useLayoutEffect(() => {
    const [outer, inner] = [pane.current, content.current];
    if (outer === null || inner === null || !fits || typeof ResizeObserver === "undefined") return;
    let zoom = 1;
    let height = 0;
    let again = 0;
    let frame: number | null = null;
    const isOver = () => outer.scrollHeight > outer.clientHeight + 1;
    const zoomTo = (to: number) => {
      zoom = to;
      inner.style.zoom = String(to);
      inner.style.setProperty("--room", `${outer.clientHeight / to}px`);
    };
    const leftOut = () => inner.querySelectorAll("[data-left-out]");
    const restore = () => {
      for (const part of leftOut()) part.removeAttribute("data-left-out");
    };
    const fit = () => {
      frame = null;
      const isLess = zoom < 1 || leftOut().length > 0;
      const isLoose = isLess && heightOf(inner) < SLACK * heightOf(outer) && again++ < ANEW;
      if (outer.clientHeight !== height || isLoose) {
        height = outer.clientHeight;
        restore();
        zoomTo(1);
      }
      while (isOver()) {
        const spare = nextSpare(inner);
        const least = spare === null ? LEAST : WHOLE;
        if (zoom > least) {
          const share = Math.sqrt(outer.clientHeight / outer.scrollHeight);
          zoomTo(Math.max(least, zoom * Math.min(0.98, Math.max(AT_ONCE, share))));
        } else if (spare !== null) {
          spare.setAttribute("data-left-out", "");
          zoomTo(1);
        } else break;
      }
      setScrolls(isOver());
      if (zoom < 1) return;
      const isWide = () => [outer, ...inner.querySelectorAll("[tabindex='0']")].some(isCut);
      while (zoom * GROWTH <= most && !isOver() && !isWide()) zoomTo(zoom * GROWTH);
      if (zoom > 1 && (isOver() || isWide())) zoomTo(zoom / GROWTH);
    };
    const later = () => {
      frame ??= requestAnimationFrame(fit);
    };
    outer.scrollTop = 0;
    fit();
    const observer = new ResizeObserver(later);
    observer.observe(outer);
    observer.observe(inner);
    // A part that has come, or gone, may leave more room than there was before.
    const parts = new MutationObserver(() => {
      again = 0;
      later();
    });
    parts.observe(inner, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
      parts.disconnect();
      if (frame !== null) cancelAnimationFrame(frame);
      inner.style.zoom = "";
      inner.style.removeProperty("--room");
      restore();
      setScrolls(false);
    };
  }, [pane, content, fits, most, anew]);
  return scrolls;
}

/** Whether a box is too narrow for what is in it: what scrolls takes the focus. */
function isCut(box: Element): boolean {
  return box.scrollWidth > box.clientWidth + 1;
}

/** As it is drawn. */
function heightOf(element: HTMLElement): number {
  return element.getBoundingClientRect().height;
}

/** The part that is left out next: the highest rank first, and of one rank the last. */
function nextSpare(content: HTMLElement): HTMLElement | null {
  const rank = (part: HTMLElement) => Number(part.dataset.spare);
  return [
    ...content.querySelectorAll<HTMLElement>("[data-spare]:not([data-left-out])"),
  ].reduce<HTMLElement | null>(
    (next, part) => (next === null || rank(part) >= rank(next) ? part : next),
    null,
  );
}
