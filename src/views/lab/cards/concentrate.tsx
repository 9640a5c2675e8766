import { useMemo } from "react";
import { entropyOf } from "../../../analysis/heads/entropy";
import { eluPlusOne, linearPattern, performer, softmaxPattern } from "../../../analysis/linearPattern";
import { row, sizeOfMatrix } from "../../../analysis/matrix";
import { effectiveRank, singularValues } from "../../../analysis/svd";
import { Curves } from "../../../components/Curves";
import type { Tensor } from "../../../engine/tensor";
import type { Trace } from "../../../engine/trace";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { useLooked } from "../../../store/SessionContext";
import type { Selection } from "../../../store/selection";
import { number, percent } from "../../../viz/format";
import { matrixAt, tensorAt, tokensAlong } from "../../../viz/siteView";
import { card, type FigureProps } from "../card";
import { FactTable } from "../parts/FactTable";
import { HeadChoice } from "../parts/HeadChoice";
import { Notice } from "../parts/Notice";
import parts from "../parts/Parts.module.css";
import { Patterns } from "../parts/Patterns";
import { RunsOn } from "../parts/RunsOn";
import { useLive } from "../usePass";

const SWITCHES = {
  feature: {
    kind: "choice",
    label: "lab.concentrate.feature",
    options: { elu: "lab.concentrate.feature.elu", performer: "lab.concentrate.feature.performer" },
    rest: "elu",
  },
  features: { kind: "number", label: "lab.concentrate.features", min: 4, max: 256, step: 4, rest: 32 },
  direction: {
    kind: "choice",
    label: "lab.concentrate.direction",
    options: { causal: "lab.concentrate.direction.causal", both: "lab.concentrate.direction.both" },
    rest: "causal",
  },
} as const;

/** A share below this counts as let go of. */
const SMALL = 0.01;

function Concentrate({ values: { feature, features, direction } }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const trace = useLive();
  const looked = useLooked();
  const causal = direction === "causal";
  const { stack, attention, layer, head } = looked;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the pattern belongs to a head, whatever pair is looked at
  const both = useMemo(() => {
    const q = trace && vectors(trace, looked, "attn.hook_q");
    const k = trace && vectors(trace, looked, "attn.hook_k");
    if (q === null || k === null) return null;
    const width = q.shape[1] ?? 1;
    const map = feature === "elu" ? eluPlusOne : performer(width, features, 1);
    const soft = softmaxPattern(q, k, width ** -0.5, causal);
    const linear = linearPattern(q, k, map, causal);
    return {
      soft: factsOf(soft, causal),
      linear: factsOf(linear, causal),
      rank: feature === "elu" ? width : features,
    };
  }, [trace, stack, attention, layer, head, feature, features, causal]);
  if (trace === null) return <p className={parts.waiting}>{t("lab.waiting")}</p>;
  if (both === null) return <p className={parts.waiting}>{t("lab.concentrate.absent")}</p>;
  const { soft, linear, rank } = both;
  const size = tokensAlong("query_pos", trace, looked).length;
  return (
    <>
      <Notice>
        <T
          id="lab.concentrate.say"
          components={{
            sparse: <b>{percent(soft.sparse)}</b>,
            dense: <b>{percent(linear.sparse)}</b>,
            one: <b>{number(soft.largest)}</b>,
            other: <b>{number(linear.largest)}</b>,
          }}
        />{" "}
        {causal ? t("lab.concentrate.full") : t("lab.concentrate.low", { bound: Math.min(rank, size) })}
      </Notice>
      <HeadChoice trace={trace} />
      <Patterns
        queries={tokensAlong("query_pos", trace, looked)}
        keys={tokensAlong("key_pos", trace, looked)}
        pictures={[
          { name: t("lab.concentrate.softmax"), data: soft.data, kind: "pattern" },
          { name: t("lab.concentrate.linear"), data: linear.data, kind: "pattern" },
        ]}
      />
      <div className={parts.beside}>
        <div data-spare={1}>
          <h4>{t("lab.concentrate.values")}</h4>
          <Curves
            label={t("lab.concentrate.values")}
            curves={[
              { id: "softmax", name: t("lab.concentrate.softmax"), values: soft.values },
              { id: "linear", name: t("lab.concentrate.linear"), values: linear.values },
            ]}
            ends={["1", String(size)]}
            at={0}
          />
        </div>
        <FactTable
          label={t("lab.facts")}
          columns={[t("lab.concentrate.softmax"), t("lab.concentrate.linear")]}
          facts={[
            { name: t("lab.concentrate.sparsity"), values: [percent(soft.sparse), percent(linear.sparse)] },
            { name: t("lab.concentrate.largest"), values: [soft.largest, linear.largest] },
            { name: t("lab.concentrate.entropy"), values: [soft.entropy, linear.entropy] },
            { name: t("lab.concentrate.rank"), values: [soft.rank, linear.rank] },
            { name: t("lab.concentrate.bound"), values: [size, causal ? size : Math.min(rank, size)] },
            { name: t("lab.concentrate.smallest"), values: [soft.smallest, linear.smallest] },
          ]}
        />
      </div>
      <RunsOn of="own" />
    </>
  );
}

/** The looked head's vectors. [pos, d_head] */
function vectors(trace: Trace, looked: Selection, part: string): Tensor | null {
  const tensor = tensorAt(trace, looked, part);
  if (tensor === null) return null;
  const { data, rows, columns } = matrixAt(tensor, trace, looked);
  return { data, shape: [rows, columns], axes: ["pos", "d_head"] };
}

function factsOf(pattern: Tensor, causal: boolean) {
  const { rows } = sizeOfMatrix(pattern);
  const lines = Array.from({ length: rows }, (_, at) => {
    const all = row(pattern, at);
    return causal ? all.subarray(0, at + 1) : all;
  });
  const cells = lines.reduce((sum, line) => sum + line.length, 0);
  const small = lines.reduce((sum, line) => sum + line.filter((share) => share < SMALL).length, 0);
  const mean = (of: (line: Float32Array) => number) => lines.reduce((sum, line) => sum + of(line) / rows, 0);
  const values = Float32Array.from(singularValues(pattern));
  return {
    data: pattern.data,
    values,
    sparse: small / cells,
    largest: mean((line) => Math.max(...line)),
    entropy: mean(entropyOf),
    rank: effectiveRank(values),
    smallest: values.at(-1) ?? 0,
  };
}

export const concentrate = card(SWITCHES, Concentrate);
