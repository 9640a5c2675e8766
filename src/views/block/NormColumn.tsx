import { normOf } from "../../analysis/matrix";
import { HistogramBars } from "../../components/HistogramBars";
import { VectorStrip } from "../../components/VectorStrip";
import { useT } from "../../i18n/I18n";
import { number } from "../../viz/format";
import styles from "./Norms.module.css";
import type { NormFacts } from "./normFacts";

interface Props {
  facts: NormFacts;
  title: string;
  /** [d_model]; null until they are there, or where the model has none. */
  gamma: Float32Array | null;
  beta: Float32Array | null;
}

/** One normalisation: its numbers, its vectors as strips, and how their entries are spread before and after. */
export function NormColumn({ facts, title, gamma, beta }: Props) {
  const t = useT();
  const { spec, mean, scale, before, normalised, after } = facts;
  const numbers = [
    ...(mean === null ? [] : [{ name: t("norm.mean"), value: mean }]),
    { name: t(mean === null ? "norm.meanSquare" : "norm.variance"), value: scale ** 2 - spec.eps },
    { name: "ε", value: spec.eps },
    { name: t("norm.divisor"), value: scale },
  ];
  const rows = [
    { id: "before", name: "x", values: before },
    { id: "normalised", name: mean === null ? "x ÷ σ" : "(x − μ) ÷ σ", values: normalised },
    { id: "gamma", name: "γ", values: gamma },
    { id: "beta", name: "β", values: beta },
    { id: "after", name: t("norm.result"), values: after },
  ];
  return (
    <div className={styles.column}>
      <h4>{title}</h4>
      <dl className={styles.numbers}>
        {numbers.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{number(value)}</dd>
          </div>
        ))}
      </dl>
      {rows.map(
        ({ id, name, values }) =>
          values !== null && (
            <div key={id} className={styles.row}>
              <span>{name}</span>
              <VectorStrip values={values} label={t("norm.strip", { name, count: values.length })} />
              <span>{number(normOf(values))}</span>
            </div>
          ),
      )}
      <div className={styles.spreads} data-spare={2}>
        <div>
          <p>{t("norm.before")}</p>
          <HistogramBars values={before} label={t("norm.spread.before")} />
        </div>
        <div>
          <p>{t("norm.after")}</p>
          <HistogramBars values={after} label={t("norm.spread.after")} />
        </div>
      </div>
    </div>
  );
}
