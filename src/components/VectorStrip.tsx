import { useMemo } from "react";
import { largestOf } from "../viz/heatmap";
import { HeatmapCanvas } from "./HeatmapCanvas";
import styles from "./VectorStrip.module.css";

interface Props {
  /** [dimensions] */
  values: Float32Array;
  /** What the vector is and its size, in words. */
  label: string;
  /** The value at the ends of the ramp; the vector's own largest magnitude unless several strips share a scale. */
  limit?: number | undefined;
}

/** A vector as a strip of signed colours: blue above zero, red below. */
export function VectorStrip({ values, label, limit }: Props) {
  const matrix = useMemo(() => ({ data: values, rows: 1, columns: values.length }), [values]);
  return (
    <div role="img" aria-label={label} className={styles.strip}>
      <HeatmapCanvas matrix={matrix} kind="diverging" limit={limit ?? largestOf(values)} />
    </div>
  );
}
