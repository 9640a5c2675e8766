import { useMemo } from "react";
import { spreadOf } from "../../../analysis/experiments/experiment";
import { unitProducts } from "../../../analysis/experiments/unitProducts";
import { softmax } from "../../../analysis/softmaxJacobian";
import { HistogramBars } from "../../../components/HistogramBars";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { count, number, percent } from "../../../viz/format";
import { card, type FigureProps } from "../card";
import { FactTable } from "../parts/FactTable";
import { Notice } from "../parts/Notice";
import parts from "../parts/Parts.module.css";
import { RunsOn } from "../parts/RunsOn";

const SWITCHES = {
  d: { kind: "number", label: "lab.variance.d", min: 1, max: 256, step: 1, rest: 64 },
  divided: {
    kind: "choice",
    label: "lab.variance.divided",
    options: { no: "lab.no", yes: "lab.yes" },
    rest: "no",
  },
  seed: { kind: "number", label: "lab.seed", min: 1, max: 20, step: 1, rest: 1 },
} as const;

const PAIRS = 1600;
/** Keys of a row whose softmax is looked at. */
const ROW = 16;

function Variance({ values: { d, divided, seed } }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const { raw, scaled } = useMemo(() => simulated(d, seed), [d, seed]);
  const shown = divided === "yes" ? scaled : raw;
  const name = t(divided === "yes" ? "lab.variance.histogram.divided" : "lab.variance.histogram", {
    count: count(PAIRS),
  });
  return (
    <>
      <Notice>
        <T
          id="lab.variance.say"
          values={{ d }}
          components={{
            raw: <b>{number(raw.variance)}</b>,
            scaled: <b>{number(scaled.variance)}</b>,
            before: <b>{percent(raw.largest)}</b>,
            after: <b>{percent(scaled.largest)}</b>,
          }}
        />
      </Notice>
      <div className={parts.beside}>
        <div>
          <h4>{name}</h4>
          <HistogramBars label={name} values={shown.values} />
        </div>
        <FactTable
          label={t("lab.facts")}
          columns={["q·k", "q·k/√d"]}
          facts={[
            { name: t("lab.variance.mean"), values: [raw.mean, scaled.mean] },
            {
              name: `${t("lab.variance.variance")} (${t("lab.variance.measured")})`,
              values: [raw.variance, scaled.variance],
            },
            { name: `${t("lab.variance.variance")} (${t("lab.variance.expected")})`, values: [d, 1] },
            { name: t("lab.variance.largest"), values: [percent(raw.largest), percent(scaled.largest)] },
          ]}
        />
      </div>
      <RunsOn of="none" />
    </>
  );
}

function simulated(d: number, seed: number) {
  const values = unitProducts(d, PAIRS, seed);
  const divided = values.map((value) => value / Math.sqrt(d));
  return { raw: factsOf(values), scaled: factsOf(divided) };
}

function factsOf(values: Float32Array) {
  const { mean, deviation } = spreadOf(Array.from(values));
  const rows = Math.floor(values.length / ROW);
  const winners = Array.from({ length: rows }, (_, row) =>
    Math.max(...softmax(values.subarray(row * ROW, (row + 1) * ROW))),
  );
  return { values, mean, variance: deviation ** 2, largest: spreadOf(winners).mean };
}

export const variance = card(SWITCHES, Variance);
