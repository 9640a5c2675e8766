import { TokenAt } from "../../../components/TokenAt";
import type { Normaliser as Rule } from "../../../engine/spec";
import type { Trace } from "../../../engine/trace";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { useLooked } from "../../../store/SessionContext";
import { number } from "../../../viz/format";
import { tokensAlong } from "../../../viz/siteView";
import { card, type FigureProps } from "../card";
import { Notice } from "../parts/Notice";
import { meanOverRows, rowFacts } from "../parts/rowFacts";
import { type Passes, VariantFigure } from "../parts/VariantFigure";

const SWITCHES = {
  kind: {
    kind: "choice",
    label: "lab.normaliser.kind",
    options: {
      softmax: "lab.normaliser.kind.softmax",
      softmaxPlusOne: "lab.normaliser.kind.softmaxPlusOne",
      squaredRelu: "lab.normaliser.kind.squaredRelu",
      none: "lab.normaliser.kind.none",
    },
    rest: "softmaxPlusOne",
  },
  temperature: { kind: "number", label: "lab.jacobian.temperature", min: 0.1, max: 5, step: 0.1, rest: 1 },
} as const;

type Values = FigureProps<typeof SWITCHES>["values"];

function ruleOf({ kind, temperature }: Values): Rule {
  return kind === "softmax" || kind === "softmaxPlusOne" ? { kind, temperature } : { kind };
}

function Normaliser({ values }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const looked = useLooked();
  const notice = ({ before, after }: Passes) => {
    const from = rowFacts(before, looked);
    const to = rowFacts(after, looked);
    if (from === null || to === null) return null;
    const queries = tokensAlong("query_pos", before, looked);
    return (
      <Notice>
        <T
          id={`lab.normaliser.say.${values.kind}`}
          components={{
            query: <TokenAt tokens={queries} at={looked.query} as="query" />,
            sum: <b>{number(to.sum)}</b>,
            zeros: <b>{to.row.filter((share) => share === 0).length}</b>,
            before: <b>{number(from.largest)}</b>,
            after: <b>{number(to.largest)}</b>,
          }}
        />
      </Notice>
    );
  };
  const facts = ({ before, after }: Passes) => {
    const both = (of: (trace: Trace) => number) => [of(before), of(after)];
    const sum = (row: Float32Array) => row.reduce((total, share) => total + share, 0);
    return [
      { name: t("lab.normaliser.sum"), values: both((trace) => rowFacts(trace, looked)?.sum ?? Number.NaN) },
      { name: t("lab.normaliser.meanSum"), values: both((trace) => meanOverRows(trace, sum)) },
      {
        name: t("lab.normaliser.largest"),
        values: both((trace) => rowFacts(trace, looked)?.largest ?? Number.NaN),
      },
      {
        name: t("lab.normaliser.entropy"),
        values: both((trace) => rowFacts(trace, looked)?.entropy ?? Number.NaN),
      },
    ];
  };
  return (
    <VariantFigure
      variant={[{ kind: "normaliser", normaliser: ruleOf(values) }]}
      notice={notice}
      facts={facts}
    />
  );
}

export const normaliser = card(SWITCHES, Normaliser);
