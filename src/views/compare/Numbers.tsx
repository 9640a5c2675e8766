import type { Trace } from "../../engine/trace";
import { T } from "../../i18n/T";
import { number, percent } from "../../viz/format";
import styles from "./Compare.module.css";
import { type Comparison, moved } from "./comparison";
import { sentenceCosine } from "./sentenceVector";

interface Props {
  comparison: Comparison | null;
  /** Whether both are shares of attention. */
  isRaw: boolean;
  a: Trace;
  b: Trace;
}

/** The whole of the difference in two numbers: how much attention moved, and how alike two sentences are. */
export function Numbers({ comparison, isRaw, a, b }: Props) {
  const share = comparison === null || !isRaw ? Number.NaN : moved(comparison);
  const cosine = a === b ? null : sentenceCosine(a, b);
  return (
    <p className={styles.numbers}>
      {!Number.isNaN(share) && (
        <span>
          <T id="compare.moved" values={{ share: percent(share) }} />
        </span>
      )}
      {cosine !== null && (
        <span>
          <T id="compare.cosine" values={{ cosine: number(cosine) }} />
        </span>
      )}
    </p>
  );
}
