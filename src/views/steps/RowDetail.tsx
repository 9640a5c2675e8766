import axes from "../../components/axes.module.css";
import { HistogramBars } from "../../components/HistogramBars";
import type { AxisRole } from "../../components/matrixFigure";
import { VectorStrip } from "../../components/VectorStrip";
import { useT } from "../../i18n/I18n";
import { number } from "../../viz/format";
import { moments, norm } from "../../viz/vectors";
import styles from "./Steps.module.css";

interface Props {
  text: string;
  axis: AxisRole;
  /** [dimensions] */
  values: Float32Array;
  limit: number;
}

/** One token's vector: its length, mean and spread, as a strip and as a histogram. */
export function RowDetail({ text, axis, values, limit }: Props) {
  const t = useT();
  const { mean, deviation } = moments(values);
  const said = { token: text, count: values.length };
  return (
    <div className={styles.detail}>
      <p>
        <b className={axes[axis]}>{text}</b>{" "}
        {t("steps.row.facts", {
          norm: number(norm(values)),
          mean: number(mean),
          deviation: number(deviation),
        })}
      </p>
      <VectorStrip values={values} limit={limit} label={t("steps.row.strip", said)} />
      <HistogramBars values={values} label={t("steps.row.histogram", said)} />
    </div>
  );
}
