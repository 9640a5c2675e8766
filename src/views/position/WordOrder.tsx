import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Word } from "../../analysis/words";
import { TokenAt } from "../../components/TokenAt";
import { useT } from "../../i18n/I18n";
import styles from "./Position.module.css";

interface Props {
  words: readonly Word[];
  /** Which word stands at each place. */
  order: readonly number[];
  disabled: boolean;
  onMove(from: number, to: number): void;
}

/** The words as chips, alike ones numbered by their place as typed: drag one, or take it with a click and put it down with another; arrow keys move the focused one. */
export function WordOrder({ words, order, disabled, onMove }: Props) {
  const t = useT();
  const [held, setHeld] = useState<number | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const follow = useRef<number | null>(null);
  // The focus stays with the word that was moved.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new order is what moves the focus
  useEffect(() => {
    if (follow.current === null) return;
    list.current?.querySelectorAll("button")[follow.current]?.focus();
    follow.current = null;
  }, [order]);
  const put = (to: number) => {
    if (held === null) setHeld(to);
    else {
      if (held !== to) onMove(held, to);
      setHeld(null);
    }
  };
  const onKeyDown = (event: KeyboardEvent, at: number) => {
    if (event.key === "Escape") setHeld(null);
    const to = event.key === "ArrowLeft" ? at - 1 : event.key === "ArrowRight" ? at + 1 : -1;
    if (to < 0 || to >= order.length) return;
    event.preventDefault();
    event.stopPropagation();
    follow.current = to;
    onMove(at, to);
  };
  return (
    <ul ref={list} aria-label={t("position.words")} className={styles.words}>
      {order.map((word, at) => (
        <li key={word}>
          <button
            type="button"
            draggable={!disabled}
            disabled={disabled}
            aria-pressed={held === at}
            data-moved={word !== at || undefined}
            className={styles.word}
            onClick={() => put(at)}
            onKeyDown={(event) => onKeyDown(event, at)}
            onDragStart={() => setHeld(at)}
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault();
              put(at);
            }}
            onDragEnd={() => setHeld(null)}
          >
            <TokenAt tokens={words} at={word} as="entry" />
          </button>
        </li>
      ))}
    </ul>
  );
}
