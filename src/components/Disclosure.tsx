import { type ReactNode, useState } from "react";
import styles from "./Disclosure.module.css";

/** Something more, behind its name; its contents are only made once it has been opened. */
export function Disclosure({ name, children }: { name: ReactNode; children: ReactNode }) {
  const [opened, setOpened] = useState(false);
  return (
    <details className={styles.disclosure} onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary>{name}</summary>
      {opened && children}
    </details>
  );
}
