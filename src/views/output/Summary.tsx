import { T } from "../../i18n/T";
import { count, percent } from "../../viz/format";
import styles from "./Output.module.css";
import type { Ranking } from "./outcomes";

/** How many tokens can be drawn, and how much of the probability they hold. */
export function Summary({ ranking: { distribution, order } }: { ranking: Ranking }) {
  const { kept, probabilities } = distribution;
  const held = kept.reduce((sum, id) => sum + (probabilities[id] ?? 0), 0);
  return (
    <p className={styles.summary}>
      <T
        id={kept.length === order.length ? "output.whole" : "output.kept"}
        values={{ kept: count(kept.length), all: count(order.length), share: percent(Math.min(1, held)) }}
      />
    </p>
  );
}
