import { count, magnitude, number, percent, signed } from "../../viz/format";
import type { At } from "../facts";
import { useLesson } from "../LessonContext";
import { measure } from "../measures";
import { useFacts } from "../useFacts";
import styles from "./Prose.module.css";

const FORMATS = { number, percent, count, signed, magnitude } as const;

interface Props extends At {
  /** A number of the chapter, a measure, a site ("ln1.hook_scale"), or `norm:site`. */
  of: string;
  as?: keyof typeof FORMATS;
}

/** A number of the step's trace, at the figure's own selection unless it says where. */
export function Num({ of, as = "number", ...at }: Props) {
  const { chapter } = useLesson();
  const facts = useFacts();
  if (facts === null) return <Waiting />;
  const own = chapter.numbers?.[of];
  const value = own === undefined ? measure(facts, of, at) : own(facts);
  if (Number.isNaN(value)) return <Waiting />;
  return <span className={styles.number}>{FORMATS[as](value)}</span>;
}

/** Stands for what the engine has not said yet. */
export function Waiting() {
  return (
    <span data-waiting className={styles.waiting}>
      …
    </span>
  );
}
