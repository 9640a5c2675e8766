import { type ReactNode, useRef } from "react";
import styles from "./Lesson.module.css";
import { useFit } from "./useFit";

interface Props {
  /** What it is called where it scrolls. */
  label: string;
  /** Whether its content is to be seen whole. */
  fits: boolean;
  /** How far it may be enlarged where there is room. */
  most?: number;
  /** What is another content, so that it is fitted anew. */
  anew: unknown;
  children: ReactNode;
}

/** One half of a lesson: while presenting, its content is made to fit the screen, or scrolls where it would be too small. */
export function Pane({ label, fits, most = 1, anew, children }: Props) {
  const pane = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const scrolls = useFit(pane, content, fits, most, anew);
  return (
    <div
      ref={pane}
      className={styles.pane}
      {...(scrolls && { role: "group", "aria-label": label, tabIndex: 0 })}
    >
      <div ref={content} className={styles.content}>
        {children}
      </div>
    </div>
  );
}
