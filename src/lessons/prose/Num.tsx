import { useT } from "../../i18n/I18n";
import { count, magnitude, number, percent, signed } from "../../viz/format";
import type { At } from "../facts";
import { useLesson } from "../LessonContext";
import { measure } from "../measures";
import { useFacts } from "../useFacts";
import styles from "./Prose.module.css";

/** The smallest share that is said in digits: less of one is no news in a sentence, which says so ("lessons.under"). */
const LEAST = 1e-4;

const FORMATS = { number, percent, count, signed, magnitude } as const;

interface Props extends At {
  /** A number of the chapter, a measure, a site ("ln1.hook_scale"), or `norm:site`. */
  of: string;
  as?: keyof typeof FORMATS;
}

/** A number of the step's trace, at the figure's own selection unless it says where. */
export function Num({ of, as = "number", ...at }: Props) {
  const t = useT();
  const { chapter } = useLesson();
  const facts = useFacts();
  if (facts === null) return <Waiting />;
  const own = chapter.numbers?.[of];
  const value = own === undefined ? measure(facts, of, at) : own(facts);
  if (Number.isNaN(value)) return <Waiting />;
  const isTiny = as === "percent" && value > 0 && value < LEAST;
  return <span className={styles.number}>{isTiny ? t("lessons.under") : FORMATS[as](value)}</span>;
}

/** Stands for what the engine has not said yet. */
export function Waiting() {
  return (
    <span data-waiting className={styles.waiting}>
      …
    </span>
  );
}
