import { useEffect, useRef } from "react";

/** While a lesson is presented the whole document is: its styles are in present.css. */
export function usePresenting(present: boolean, leave: () => void): void {
  // Another step is another way to leave, but the same presentation.
  const current = useRef(leave);
  useEffect(() => {
    current.current = leave;
  }, [leave]);
  useEffect(() => {
    if (!present) return;
    document.documentElement.dataset.present = "true";
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) current.current();
    };
    // Escape in full screen is the browser's own: the page only hears that it has left.
    let wasFull = document.fullscreenElement !== null;
    const onChange = () => {
      if (wasFull && document.fullscreenElement === null) current.current();
      wasFull = document.fullscreenElement !== null;
    };
    document.addEventListener("keydown", onKeyDown);
    document.addEventListener("fullscreenchange", onChange);
    return () => {
      delete document.documentElement.dataset.present;
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("fullscreenchange", onChange);
      if (document.fullscreenElement !== null) void document.exitFullscreen();
    };
  }, [present]);
}

/** Asks for the full screen, where the browser and the frame allow it; a lesson is presented without it too. */
export function enterFullScreen(): void {
  document.documentElement.requestFullscreen?.().catch(() => undefined);
}
