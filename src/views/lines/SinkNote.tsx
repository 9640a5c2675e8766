import { useMemo } from "react";
import { T } from "../../i18n/T";
import { percent } from "../../viz/format";
import type { Matrix } from "../../viz/heatmap";
import styles from "./Lines.module.css";
import type { Unit } from "./units";
import type { LinesModel } from "./useLines";

/** From this share on, special tokens drown what words look at. */
const MUCH = 0.25;

/** How much of the attention goes to special tokens, where that is much, and the button that hides them. */
export function SinkNote({ model }: { model: LinesModel }) {
  const { options, patterns, keys, change } = model;
  const share = useMemo(() => specialShare(patterns, keys), [patterns, keys]);
  if (options.hideSpecial || share < MUCH) return null;
  return (
    <p className={styles.note} data-spare={3}>
      <T id="lines.sink" values={{ share: percent(share) }} />{" "}
      <button type="button" onClick={() => change({ hideSpecial: true })}>
        <T id="lines.sink.hide" />
      </button>
    </p>
  );
}

/** The share of all attention that special tokens get: 0 where there is none. */
function specialShare(patterns: readonly Matrix[], keys: readonly Unit[]): number {
  let special = 0;
  let all = 0;
  for (const { data, columns } of patterns) {
    data.forEach((share, cell) => {
      all += share;
      if (keys[cell % columns]?.special) special += share;
    });
  }
  return all === 0 ? 0 : special / all;
}
