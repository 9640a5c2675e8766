import { useMemo } from "react";
import { entropyOf } from "../../../analysis/heads/entropy";
import { TokenLabel } from "../../../components/TokenLabel";
import type { Edit } from "../../../engine/edits";
import type { StackSpec } from "../../../engine/spec";
import type { Trace } from "../../../engine/trace";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { useLooked } from "../../../store/SessionContext";
import type { Selection } from "../../../store/selection";
import { number, percent } from "../../../viz/format";
import { matrixAt, rowOf, tensorAt, tokensAlong } from "../../../viz/siteView";
import { card, type FigureProps } from "../card";
import { BeforeAfter } from "../parts/BeforeAfter";
import { FactTable } from "../parts/FactTable";
import { Notice } from "../parts/Notice";
import parts from "../parts/Parts.module.css";
import { PassNote } from "../parts/PassNote";
import { RunsOn } from "../parts/RunsOn";
import { useLive, usePass } from "../usePass";

const SWITCHES = {
  power: {
    kind: "number",
    label: "lab.scale.power",
    min: 0,
    max: 1,
    step: 0.05,
    rest: 0,
    text: (power: number) => NAMES[power] ?? `d^−${number(power)}`,
  },
} as const;

const NAMES: Readonly<Record<number, string>> = { 0: "× 1", 0.5: "÷ √d", 1: "÷ d" };

function Scale({ values: { power } }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const before = useLive();
  const looked = useLooked();
  const stack = before?.spec.stacks.find(({ name }) => name === looked.stack);
  const request = useMemo(
    () => (stack === undefined ? null : { edits: rescaled(stack, power) }),
    [stack, power],
  );
  const pass = usePass(request);
  const width = stack?.layers[looked.layer]?.attn.dHead ?? 1;
  const from = before && factsOf(before, looked);
  const to = pass.trace && factsOf(pass.trace, looked);
  if (before === null) return <p className={parts.waiting}>{t("lab.waiting")}</p>;
  const query = tokensAlong("query_pos", before, looked)[looked.query]?.text ?? "";
  return (
    <>
      {from != null && to != null && (
        <Notice>
          <T
            id="lab.scale.say"
            values={{ d: width }}
            components={{
              scale: <b>{number(width ** -power)}</b>,
              query: <TokenLabel text={query} as="query" />,
              before: <b>{number(from.entropy)}</b>,
              after: <b>{number(to.entropy)}</b>,
              share: <b>{percent(to.largest)}</b>,
              slope: <b>{number(to.slope)}</b>,
            }}
          />
        </Notice>
      )}
      <PassNote pass={pass} />
      <BeforeAfter before={before} after={pass.trace} />
      {from != null && to != null && (
        <FactTable
          label={t("lab.facts")}
          columns={[t("lab.original"), t("lab.changed")]}
          facts={[
            { name: t("lab.scale.entropy"), values: [from.entropy, to.entropy] },
            { name: t("lab.scale.meanEntropy"), values: [from.meanEntropy, to.meanEntropy] },
            { name: t("lab.scale.product"), values: [from.product, to.product] },
            { name: t("lab.scale.largest"), values: [from.largest, to.largest] },
            { name: t("lab.scale.slope"), values: [from.slope, to.slope] },
          ]}
        />
      )}
      <RunsOn of="own" />
    </>
  );
}

/** Scores of every attention of a stack times d^−power, instead of what its spec says. */
function rescaled({ name, layers }: StackSpec, power: number): readonly Edit[] {
  return layers.flatMap((block, layer) =>
    (["attn", "cross_attn"] as const).flatMap((place): readonly Edit[] => {
      const spec = place === "attn" ? block.attn : block.cross;
      if (spec === null) return [];
      const factor = spec.dHead ** -power / spec.scale;
      return [{ kind: "scale", site: `${name}.${layer}.${place}.step_scaled`, factor }];
    }),
  );
}

function factsOf(trace: Trace, looked: Selection) {
  const pattern = tensorAt(trace, looked, "attn.hook_pattern");
  const scores = tensorAt(trace, looked, "attn.hook_attn_scores");
  if (pattern === null || scores === null) return null;
  const row = rowOf(matrixAt(pattern, trace, looked), looked.query);
  const products = rowOf(matrixAt(scores, trace, looked), looked.query).filter(Number.isFinite);
  return {
    entropy: entropyOf(row),
    meanEntropy: meanEntropy(trace),
    largest: Math.max(...row),
    product: Math.max(...products),
    slope: Math.max(...row.map((share) => share * (1 - share))),
  };
}

/** Over all rows of all attention patterns of a trace. */
function meanEntropy(trace: Trace): number {
  let sum = 0;
  let rows = 0;
  for (const [site, tensor] of Object.entries(trace.sites)) {
    if (!site.endsWith("hook_pattern") || tensor === undefined) continue;
    const keys = tensor.shape.at(-1) ?? 1;
    for (let start = 0; start < tensor.data.length; start += keys) {
      sum += entropyOf(tensor.data.subarray(start, start + keys));
      rows++;
    }
  }
  return rows === 0 ? 0 : sum / rows;
}

export const scale = card(SWITCHES, Scale);
