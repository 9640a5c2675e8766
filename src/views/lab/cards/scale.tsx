import { entropyOf } from "../../../analysis/heads/entropy";
import { TokenAt } from "../../../components/TokenAt";
import type { Trace } from "../../../engine/trace";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { useLooked } from "../../../store/SessionContext";
import type { Selection } from "../../../store/selection";
import { number, percent } from "../../../viz/format";
import { matrixAt, rowOf, tensorAt, tokensAlong } from "../../../viz/siteView";
import { card, type FigureProps } from "../card";
import { Notice } from "../parts/Notice";
import { meanOverRows, rowFacts } from "../parts/rowFacts";
import { type Passes, VariantFigure } from "../parts/VariantFigure";
import { useLive } from "../usePass";

const NAMES: Readonly<Record<number, string>> = { 0: "× 1", 0.5: "÷ √d", 1: "÷ d" };

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

function Scale({ values: { power } }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const looked = useLooked();
  const width = useLive()?.spec.stacks.find(({ name }) => name === looked.stack)?.layers[looked.layer]?.attn
    .dHead;
  const notice = ({ before, after }: Passes) => {
    const from = rowFacts(before, looked);
    const to = rowFacts(after, looked);
    if (from === null || to === null || width === undefined) return null;
    const queries = tokensAlong("query_pos", before, looked);
    return (
      <Notice>
        <T
          id="lab.scale.say"
          values={{ d: width }}
          components={{
            scale: <b>{number(width ** -power)}</b>,
            query: <TokenAt tokens={queries} at={looked.query} as="query" />,
            before: <b>{number(from.entropy)}</b>,
            after: <b>{number(to.entropy)}</b>,
            share: <b>{percent(to.largest)}</b>,
            slope: <b>{number(to.slope)}</b>,
          }}
        />
      </Notice>
    );
  };
  const facts = ({ before, after }: Passes) => {
    const both = (of: (trace: Trace) => number) => [of(before), of(after)];
    const row = (trace: Trace) => rowFacts(trace, looked);
    return [
      { name: t("lab.scale.entropy"), values: both((trace) => row(trace)?.entropy ?? Number.NaN) },
      { name: t("lab.scale.meanEntropy"), values: both((trace) => meanOverRows(trace, entropyOf)) },
      { name: t("lab.scale.product"), values: both((trace) => largestProduct(trace, looked)) },
      { name: t("lab.scale.largest"), values: both((trace) => row(trace)?.largest ?? Number.NaN) },
      { name: t("lab.scale.slope"), values: both((trace) => row(trace)?.slope ?? Number.NaN) },
    ];
  };
  return (
    <VariantFigure
      variant={width === undefined ? null : [{ kind: "scale", by: width ** -power }]}
      notice={notice}
      facts={facts}
    />
  );
}

/** The largest score of the looked row. */
function largestProduct(trace: Trace, looked: Selection): number {
  const scores = tensorAt(trace, looked, "attn.hook_attn_scores");
  if (scores === null) return Number.NaN;
  return Math.max(...rowOf(matrixAt(scores, trace, looked), looked.query).filter(Number.isFinite));
}

export const scale = card(SWITCHES, Scale);
