import { normOf } from "../../analysis/matrix";
import axes from "../../components/axes.module.css";
import { HistogramBars } from "../../components/HistogramBars";
import type { MatrixAxis } from "../../components/matrixFigure";
import { TokenAt } from "../../components/TokenAt";
import { useT } from "../../i18n/I18n";
import { number } from "../../viz/format";
import { moments } from "../../viz/moments";
import styles from "./Steps.module.css";

interface Props {
  axis: MatrixAxis;
  /** The token, along that axis. */
  at: number;
  /** [dimensions] */
  values: Float32Array;
}

/** One token's vector: its length, mean and spread, and how its numbers are spread. */
export function RowDetail({ axis, at, values }: Props) {
  const t = useT();
  const { mean, deviation } = moments(values);
  return (
    <div className={styles.detail} data-spare={1}>
      <p>
        <span className={axes[axis.role]}>
          <TokenAt tokens={axis.labels} at={at} />
        </span>{" "}
        {t("steps.row.facts", {
          norm: number(normOf(values)),
          mean: number(mean),
          deviation: number(deviation),
        })}
      </p>
      <HistogramBars
        values={values}
        label={t("steps.row.histogram", { token: axis.labels[at] ?? "", count: values.length })}
      />
    </div>
  );
}
