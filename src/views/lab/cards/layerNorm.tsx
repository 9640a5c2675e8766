import { useMemo } from "react";
import { type WeightRequest, weightKey } from "../../../analysis/explain/lookup";
import { normOf } from "../../../analysis/matrix";
import { rowNorms } from "../../../analysis/residual";
import { HistogramBars } from "../../../components/HistogramBars";
import { TokenAt } from "../../../components/TokenAt";
import type { Trace } from "../../../engine/trace";
import type { Variant } from "../../../engine/variants";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { useLooked } from "../../../store/SessionContext";
import type { Selection } from "../../../store/selection";
import { useWeights } from "../../../store/useWeights";
import { number } from "../../../viz/format";
import { moments } from "../../../viz/moments";
import { matrixAt, rowOf, tensorAt, tokensAlong } from "../../../viz/siteView";
import { card, type FigureProps } from "../card";
import { FactTable } from "../parts/FactTable";
import { Notice } from "../parts/Notice";
import { outputShift } from "../parts/OutputChange";
import parts from "../parts/Parts.module.css";
import { type Passes, VariantFigure } from "../parts/VariantFigure";
import { useLive } from "../usePass";

/** The end of the slider of powers of ten that stands for no ε at all. */
const NO_EPSILON = -13;

function epsilonOf(power: number): number {
  return power === NO_EPSILON ? 0 : 10 ** power;
}

const SWITCHES = {
  norm: {
    kind: "choice",
    label: "lab.layerNorm.norm",
    options: { layer: "lab.layerNorm.layer", rms: "lab.layerNorm.rms", none: "lab.layerNorm.none" },
    rest: "none",
  },
  affine: {
    kind: "choice",
    label: "lab.layerNorm.affine",
    options: { on: "lab.on", off: "lab.off" },
    rest: "on",
  },
  vector: {
    kind: "choice",
    label: "lab.layerNorm.vector",
    options: { token: "lab.layerNorm.token", constant: "lab.layerNorm.constant" },
    rest: "token",
  },
  epsilon: {
    kind: "number",
    label: "lab.layerNorm.epsilon",
    min: NO_EPSILON,
    max: 2,
    step: 1,
    rest: -5,
    text: (power: number) => number(epsilonOf(power)),
  },
} as const;

type Values = FigureProps<typeof SWITCHES>["values"];

function LayerNorm({ values }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const { norm, affine, epsilon } = values;
  const variant: Variant = [
    norm === "none"
      ? { kind: "norm", norm }
      : { kind: "norm", norm, eps: epsilonOf(epsilon), ...(affine === "off" && { affine: false }) },
  ];
  const looked = useLooked();
  const notice = ({ before, after }: Passes) => (
    <Notice>
      <T
        id={`lab.layerNorm.say.${norm}`}
        values={{ epsilon: number(epsilonOf(epsilon)), affine }}
        components={{
          bits: <b data-fact="bits">{number(outputShift(before, after, looked.query) ?? Number.NaN)}</b>,
        }}
      />
    </Notice>
  );
  const facts = ({ before, after }: Passes) => [
    { name: t("lab.layerNorm.run"), values: [before, after].map((trace) => epsilonIn(trace, looked)) },
    {
      name: t("lab.layerNorm.written", { layer: looked.layer }),
      values: [before, after].map((trace) => writtenIn(trace, looked)),
    },
  ];
  return (
    <>
      <OneVector values={values} />
      <VariantFigure variant={variant} notice={notice} facts={facts} />
    </>
  );
}

/** The ε of the looked layer's norms; null where it has none. */
function epsilonIn({ spec }: Trace, { stack, layer }: Selection): number | null {
  return spec.stacks.find(({ name }) => name === stack)?.layers[layer]?.norm?.eps ?? null;
}

/** How long the looked token's vector is behind the layer's first norm; null where there is none. */
function writtenIn(trace: Trace, looked: Selection): number | null {
  const tensor = tensorAt(trace, looked, "ln1.hook_out");
  return tensor === null ? null : (rowNorms(tensor)[looked.query] ?? null);
}

/** What the norm does to one vector, with the switches as they stand. */
function OneVector({ values: { norm, affine, vector, epsilon } }: { values: Values }) {
  const t = useT();
  const live = useLive();
  const looked = useLooked();
  const name = `${looked.stack}.${looked.layer}.ln1`;
  const requests = useMemo(
    (): readonly WeightRequest[] =>
      ["w", "b"].map((part) => ({ weight: `${name}.${part}`, take: "vector", at: 0 })),
    [name],
  );
  const weights = useWeights(requests);
  const tensor = live && tensorAt(live, looked, "hook_resid_pre");
  if (live === null || tensor === null) return null;
  const own = rowOf(matrixAt(tensor, live, looked), looked.query);
  const x = vector === "token" ? own : own.map(() => own[0] ?? 1);
  const part = (request: WeightRequest | undefined) =>
    request === undefined ? null : (weights?.get(weightKey(request)) ?? null);
  const eps = epsilonOf(epsilon);
  const { mean } = moments(x);
  const centre = norm === "rms" ? 0 : mean;
  const variance = x.reduce((sum, value) => sum + (value - centre) ** 2, 0) / x.length;
  const normalised = norm === "none" ? x : x.map((value) => (value - centre) / Math.sqrt(variance + eps));
  const [w, b] = affine === "on" ? requests.map(part) : [null, null];
  const y = norm === "none" ? x : normalised.map((value, at) => value * (w?.[at] ?? 1) + (b?.[at] ?? 0));
  const isBroken = !y.every(Number.isFinite);
  const tokens = tokensAlong("query_pos", live, looked);
  return (
    <div className={parts.section}>
      <h4>
        <T
          id="lab.layerNorm.one"
          components={{ token: <TokenAt tokens={tokens} at={looked.query} as="query" /> }}
        />
      </h4>
      <p className={parts.rowName}>{t("lab.layerNorm.hint")}</p>
      <div className={parts.beside}>
        <Spread name={t("lab.layerNorm.in")} values={x} />
        <Spread name={t("lab.layerNorm.out")} values={y} />
        <FactTable
          label={t("lab.layerNorm.out")}
          columns={["x", "y"]}
          facts={[
            { name: t("lab.variance.mean"), values: [mean, moments(y).mean] },
            { name: t("lab.layerNorm.deviation"), values: [moments(x).deviation, moments(y).deviation] },
            { name: t("lab.layerNorm.length"), values: [normOf(x), normOf(y)] },
            {
              name: t("lab.layerNorm.divisor"),
              values: [null, norm === "none" ? 1 : Math.sqrt(variance + eps)],
            },
          ]}
        />
      </div>
      {isBroken && (
        <p role="alert" className={parts.wrong}>
          {t("lab.layerNorm.zero")}
        </p>
      )}
    </div>
  );
}

/** How the entries of a vector are spread, under its name. */
function Spread({ name, values }: { name: string; values: Float32Array }) {
  return (
    <div>
      <h4>{name}</h4>
      <HistogramBars label={name} values={values} />
    </div>
  );
}

export const layerNorm = card(SWITCHES, LayerNorm);
