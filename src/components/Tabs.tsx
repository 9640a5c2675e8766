import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from "react";
import styles from "./Tabs.module.css";

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly name: string;
}

interface Props<Id extends string> {
  /** Accessible name of the list. */
  label: string;
  tabs: readonly Tab<Id>[];
  chosen: Id;
  /** The element that shows the chosen tab. */
  panel: string;
  onChoose(id: Id): void;
}

/** A rail of stages: what lies before the chosen one is drawn as passed. Left and right arrows walk it. */
export function Tabs<Id extends string>({ label, tabs, chosen, panel, onChoose }: Props<Id>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const at = tabs.findIndex((tab) => tab.id === chosen);
  const scrolls = useScrolls(list, tabs.map(({ name }) => name).join("\n"));
  useEffect(() => {
    const rail = list.current;
    const tab = rail?.children[at];
    if (!scrolls || !rail || !(tab instanceof HTMLElement)) return;
    // Only the rail scrolls, never the page.
    rail.scrollLeft = tab.offsetLeft - rail.offsetLeft - (rail.clientWidth - tab.offsetWidth) / 2;
  }, [at, scrolls]);
  const walk = (event: KeyboardEvent) => {
    const to = target(event.key, at, tabs.length);
    const tab = to === null ? undefined : tabs[to];
    if (to === null || tab === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onChoose(tab.id);
    const button = list.current?.children[to];
    if (button instanceof HTMLElement) button.focus({ preventScroll: true });
  };
  return (
    <div ref={list} role="tablist" aria-label={label} className={styles.rail} onKeyDown={walk}>
      {tabs.map((tab, index) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          id={`${id}-${tab.id}`}
          aria-selected={index === at}
          aria-controls={panel}
          tabIndex={index === at ? 0 : -1}
          className={styles.tab}
          data-passed={index < at || undefined}
          onClick={() => onChoose(tab.id)}
        >
          {tab.name}
        </button>
      ))}
    </div>
  );
}

/** Whether a rail of tabs of these names is longer than its place: asked when that may change, for the answer costs a layout of the page. */
function useScrolls(list: RefObject<HTMLElement | null>, names: string): boolean {
  const [scrolls, setScrolls] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other names are other tabs
  useEffect(() => {
    const rail = list.current;
    if (rail === null || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(() => setScrolls(rail.scrollWidth > rail.clientWidth));
    for (const each of [rail, ...rail.children]) observer.observe(each);
    return () => observer.disconnect();
  }, [list, names]);
  return scrolls;
}

function target(key: string, at: number, length: number): number | null {
  if (key === "ArrowRight") return Math.min(at + 1, length - 1);
  if (key === "ArrowLeft") return Math.max(at - 1, 0);
  if (key === "Home") return 0;
  return key === "End" ? length - 1 : null;
}
