import { useEffect } from "react";

interface Keys {
  /** One step on, or back. */
  move(by: number): void;
  /** Shows or hides the speaker notes. */
  notes(): void;
}

const FORWARD = new Set(["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"]);
const BACK = new Set(["ArrowLeft", "ArrowUp", "PageUp", "Backspace"]);
/** While a chapter is read, the page keys and the space bar scroll, as everywhere. */
const READING = new Set(["ArrowRight", "ArrowLeft"]);

/** What has keys of its own. */
const WIDGETS =
  "input, textarea, select, button, a, summary, dialog, [role=grid], [role=tablist], [role=radiogroup], [role=listbox], [role=group], [tabindex]:not(main)";

/** Steps by key or clicker: arrows while reading, every key of a clicker and N for the notes while presenting. */
export function useLessonKeys(present: boolean, { move, notes }: Keys): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { key, target } = event;
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      // A clicker's page keys mean a step wherever the focus is.
      const isClicker = present && (key === "PageDown" || key === "PageUp");
      if (!isClicker && target instanceof Element && target.closest(WIDGETS) !== null) return;
      if (!present && !READING.has(key)) return;
      if (present && key.toLowerCase() === "n") notes();
      else if (FORWARD.has(key)) move(1);
      else if (BACK.has(key)) move(-1);
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [present, move, notes]);
}
