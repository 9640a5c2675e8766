import { type ReactNode, Suspense, useId, useLayoutEffect, useRef, useState } from "react";
import styles from "./Term.module.css";

/** A word of the field with its meaning on hover, focus or touch; Escape closes it. */
export function Term({ meaning, children }: { meaning: ReactNode; children: ReactNode }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <span className={styles.term} onPointerLeave={() => setOpen(false)}>
      <button
        type="button"
        aria-describedby={open ? id : undefined}
        className={styles.word}
        onPointerEnter={() => setOpen(true)}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onClick={() => setOpen(true)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || !open) return;
          event.stopPropagation();
          setOpen(false);
        }}
      >
        {children}
      </button>
      {open && (
        // Meanings are among the messages that come later.
        <Suspense>
          <Meaning id={id}>{meaning}</Meaning>
        </Suspense>
      )}
    </span>
  );
}

/** The least room between a meaning and the edge of the window, in CSS pixels. */
const MARGIN = 12;

/** A bubble under its word, moved to the left as far as it must to stay inside the window. */
function Meaning({ id, children }: { id: string; children: ReactNode }) {
  const bubble = useRef<HTMLSpanElement>(null);
  const [shift, setShift] = useState(0);
  useLayoutEffect(() => {
    const box = bubble.current?.getBoundingClientRect();
    if (box !== undefined) setShift(Math.min(0, document.documentElement.clientWidth - MARGIN - box.right));
  }, []);
  return (
    <span ref={bubble} role="tooltip" id={id} className={styles.meaning} style={{ left: shift }}>
      {children}
    </span>
  );
}
