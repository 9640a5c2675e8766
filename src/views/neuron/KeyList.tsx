import { type KeyboardEvent, useEffect, useId, useRef } from "react";
import { TokenAt } from "../../components/TokenAt";
import type { Token } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { useLooked, useSessionStore } from "../../store/SessionContext";
import { number, percent } from "../../viz/format";
import styles from "./Neuron.module.css";
import type { NeuronFacts } from "./neuronFacts";

/** All keys of the query with their scores and shares: arrow keys walk them, a click takes one. */
export function KeyList({ facts, keys }: { facts: NeuronFacts; keys: readonly Token[] }) {
  const t = useT();
  const id = useId();
  const store = useSessionStore();
  const { key: at } = useLooked();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = list.current;
    const option = box?.children[at];
    if (!box || !(option instanceof HTMLElement)) return;
    // Only the list scrolls, never the page.
    const top = option.offsetTop - box.offsetTop;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + option.offsetHeight > box.scrollTop + box.clientHeight) {
      box.scrollTop = top + option.offsetHeight - box.clientHeight;
    }
  }, [at]);
  const walk = (event: KeyboardEvent) => {
    const to = target(event.key, at, keys.length - 1);
    if (to === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    store.getState().select({ key: to });
  };
  return (
    <div
      ref={list}
      role="listbox"
      aria-label={t("neuron.keys")}
      aria-activedescendant={`${id}-${at}`}
      tabIndex={0}
      className={styles.keys}
      onKeyDown={walk}
    >
      {keys.map((token, key) => {
        const score = facts.scores?.[key];
        const share = facts.row[key] ?? 0;
        const place = `${key} ${token.start}`;
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: the list takes the focus and points at its option
          // biome-ignore lint/a11y/useKeyWithClickEvents: the list's own keys do the same
          <div
            key={place}
            id={`${id}-${key}`}
            role="option"
            aria-selected={key === at}
            className={styles.key}
            onClick={() => store.getState().lock({ key })}
          >
            <span className={styles.name}>
              <TokenAt tokens={keys} at={key} as="entry" />
            </span>
            <span className={styles.score}>{score === undefined ? "" : number(score)}</span>
            <i aria-hidden="true" style={{ "--share": share }} />
            <span>{percent(share)}</span>
          </div>
        );
      })}
    </div>
  );
}

function target(key: string, at: number, last: number): number | null {
  if (key === "ArrowDown" || key === "ArrowRight") return Math.min(at + 1, last);
  if (key === "ArrowUp" || key === "ArrowLeft") return Math.max(at - 1, 0);
  if (key === "Home") return 0;
  return key === "End" ? last : null;
}
