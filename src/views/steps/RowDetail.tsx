import { normOf } from "../../analysis/matrix";
import axes from "../../components/axes.module.css";
import { HistogramBars } from "../../components/HistogramBars";
import type { AxisRole } from "../../components/matrixFigure";
import { useT } from "../../i18n/I18n";
import { number } from "../../viz/format";
import { moments } from "../../viz/moments";
import styles from "./Steps.module.css";

interface Props {
  text: string;
  axis: AxisRole;
  /** [dimensions] */
  values: Float32Array;
}

/** One token's vector: its length, mean and spread, and how its numbers are spread. */
export function RowDetail({ text, axis, values }: Props) {
  const t = useT();
  const { mean, deviation } = moments(values);
  return (
    <div className={styles.detail} data-spare={1}>
      <p>
        <b className={axes[axis]}>{text}</b>{" "}
        {t("steps.row.facts", {
          norm: number(normOf(values)),
          mean: number(mean),
          deviation: number(deviation),
        })}
      </p>
      <HistogramBars
        values={values}
        label={t("steps.row.histogram", { token: text, count: values.length })}
      />
    </div>
  );
}
