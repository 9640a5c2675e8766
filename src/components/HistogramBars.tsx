import { useMemo } from "react";
import { number } from "../viz/format";
import { histogram } from "../viz/histogram";
import styles from "./HistogramBars.module.css";

interface Props {
  /** Accessible name. */
  label: string;
  values: Float32Array;
}

const BARS = 24;

/** How the entries of a vector are spread, with the ends of its range. */
export function HistogramBars({ label, values }: Props) {
  const bars = useMemo(() => histogram(values, BARS), [values]);
  const tallest = Math.max(1, ...bars.map((bar) => bar.count));
  const from = bars[0]?.from ?? 0;
  const to = bars.at(-1)?.to ?? 1;
  const zero = Math.min(1, Math.max(0, -from / (to - from || 1)));
  return (
    <div className={styles.histogram}>
      <div role="img" aria-label={label} className={styles.bars} style={{ "--zero": `${100 * zero}%` }}>
        {bars.map((bar, at) => (
          <i
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place: another vector makes it higher or lower
            key={at}
            data-sign={bar.to <= 0 ? "minus" : "plus"}
            style={{ height: `${(100 * bar.count) / tallest}%` }}
          />
        ))}
      </div>
      <div aria-hidden="true" className={styles.ends}>
        <span>{number(from)}</span>
        <span>{number(to)}</span>
      </div>
    </div>
  );
}
