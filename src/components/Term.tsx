import { type ReactNode, useId, useState } from "react";
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
          if (event.key === "Escape") setOpen(false);
        }}
      >
        {children}
      </button>
      {open && (
        <span role="tooltip" id={id} className={styles.meaning}>
          {meaning}
        </span>
      )}
    </span>
  );
}
