import type { ReactNode } from "react";
import styles from "./ErrorNote.module.css";

interface Props {
  /** What went wrong and what to do, in the reader's language. */
  children: ReactNode;
  /** Where, what was expected, what came: the named error's own words. */
  detail?: string | undefined;
  action?: { readonly name: string; readonly run: () => void } | undefined;
}

/** An expected failure, said plainly, with the way out of it. */
export function ErrorNote({ children, detail, action }: Props) {
  return (
    <div role="alert" className={styles.note}>
      <p>{children}</p>
      {detail !== undefined && <p className={styles.detail}>{detail}</p>}
      {action !== undefined && (
        <button type="button" className={styles.action} onClick={action.run}>
          {action.name}
        </button>
      )}
    </div>
  );
}
