import { memo } from "react";
import styles from "./Lines.module.css";

/** How much each token of a side gets, relative to the one that gets most: all of them in one path, which a pointer moves at every step. */
export const ShareBars = memo(function ShareBars({ shares }: { shares: Float32Array }) {
  const bars = Array.from(shares, (share, at) =>
    share > 0 ? `M0,${at + 0.12}h${share.toFixed(4)}v.76H0z` : "",
  );
  return (
    <svg
      aria-hidden="true"
      className={styles.shares}
      viewBox={`0 0 1 ${shares.length}`}
      preserveAspectRatio="none"
    >
      <path d={bars.join("")} />
    </svg>
  );
});
