import { type MouseEvent, useEffect, useRef } from "react";
import { holdAtTop } from "../components/holdAtTop";
import { useT } from "../i18n/I18n";
import { useSettings } from "../store/SettingsContext";
import { VIEWS, type View } from "../store/views";
import styles from "./Header.module.css";

/** Brings a view to the top of the window, with the focus on its heading: keyboards and readers go on from there. */
function goTo(view: View): void {
  const place = document.getElementById(`view-${view}`);
  if (place === null) return;
  holdAtTop(place);
  // The code of a view may still be on its way: until it is there its place has the focus.
  focusOn(headingIn(place) ?? place);
  if (headingIn(place) !== null) return;
  const arrival = new MutationObserver(() => {
    const heading = headingIn(place);
    if (heading === null) return;
    arrival.disconnect();
    if (document.activeElement === place) focusOn(heading);
  });
  arrival.observe(place, { childList: true, subtree: true });
}

function headingIn(place: HTMLElement): HTMLElement | null {
  return place.querySelector<HTMLElement>("section h2, section [role=tab][aria-selected=true]");
}

function focusOn(element: HTMLElement): void {
  if (!element.matches("[tabindex], button")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

/** The way to every view. A plain click keeps the sentence and the selection; a new tab opens the view with the example. */
export function ViewLinks() {
  const t = useT();
  const current = useSettings((settings) => (settings.lesson === null ? settings.view : null));
  const set = useSettings((settings) => settings.set);
  const row = useRef<HTMLElement>(null);
  // On a phone the row is longer than the screen: what is shown is in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view is another place in the row
  useEffect(() => {
    const here = row.current?.querySelector<HTMLElement>("[aria-current]");
    if (row.current === null || !here) return;
    const middle = here.offsetLeft - row.current.offsetLeft + here.offsetWidth / 2;
    row.current.scrollLeft = middle - row.current.clientWidth / 2;
  }, [current]);
  const open = (event: MouseEvent, view: View) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    set({ view, lesson: null });
    requestAnimationFrame(() => goTo(view));
  };
  return (
    <nav ref={row} className={styles.views} aria-label={t("app.views")}>
      {VIEWS.map((view) => (
        <a
          key={view}
          href={`#v=1&view=${view}`}
          aria-current={view === current ? "page" : undefined}
          onClick={(event) => open(event, view)}
        >
          {t(`app.view.${view}`)}
        </a>
      ))}
    </nav>
  );
}
