import type { ReactNode } from "react";
import styles from "./Say.module.css";

/** What a view shows just now, in a sentence with the very tokens and numbers. */
export function Say({ children }: { children: ReactNode }) {
  return <p className={styles.say}>{children}</p>;
}

/** A quiet line on what can be done with a view. */
export function Hint({ children }: { children: ReactNode }) {
  return (
    <p className={styles.hint} data-hint="">
      {children}
    </p>
  );
}
