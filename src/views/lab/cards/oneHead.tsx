import { entropyOf } from "../../../analysis/heads/entropy";
import type { Trace } from "../../../engine/trace";
import type { Variant } from "../../../engine/variants";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { useLooked } from "../../../store/SessionContext";
import { number, percent } from "../../../viz/format";
import { card, type FigureProps } from "../card";
import { Notice } from "../parts/Notice";
import { outputShift } from "../parts/OutputChange";
import { meanOverRows } from "../parts/rowFacts";
import { type Passes, VariantFigure } from "../parts/VariantFigure";

const SWITCHES = {
  heads: {
    kind: "choice",
    label: "lab.oneHead.heads",
    options: { own: "lab.oneHead.own", merge: "lab.oneHead.merge", split: "lab.oneHead.split" },
    rest: "merge",
  },
  scaled: {
    kind: "choice",
    label: "lab.variance.divided",
    options: { yes: "lab.yes", no: "lab.no" },
    rest: "yes",
  },
} as const;

/** From this share on a row is as good as one-hot. */
const ALMOST_ONE = 0.9;

function OneHead({ values: { heads, scaled } }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const looked = useLooked();
  const variant: Variant = [
    ...(heads === "own" ? [] : [{ kind: "heads", heads } as const]),
    { kind: "scale", by: scaled === "yes" ? "root" : "none" },
  ];
  const shape = ({ spec }: Trace) =>
    spec.stacks.find(({ name }) => name === looked.stack)?.layers[looked.layer]?.attn;
  const notice = ({ before, after }: Passes) => {
    const [from, to] = [shape(before), shape(after)];
    if (from === undefined || to === undefined) return null;
    return (
      <Notice>
        <T
          id="lab.oneHead.say"
          values={{ before: from.nHeads, width: from.dHead, after: to.nHeads, wide: to.dHead }}
          components={{
            from: <b>{percent(hot(before))}</b>,
            to: <b>{percent(hot(after))}</b>,
            bits: <b data-fact="bits">{number(outputShift(before, after, looked.query) ?? Number.NaN)}</b>,
          }}
        />
      </Notice>
    );
  };
  const facts = ({ before, after }: Passes) => {
    const both = (of: (trace: Trace) => number) => [of(before), of(after)];
    return [
      {
        name: t("lab.oneHead.largest"),
        values: both((trace) => meanOverRows(trace, (row) => Math.max(...row))),
      },
      {
        name: t("lab.oneHead.self"),
        values: both((trace) => meanOverRows(trace, (row, query) => row[query] ?? 0)),
      },
      { name: t("lab.oneHead.hot"), values: both(hot).map(percent) },
      { name: t("lab.scale.meanEntropy"), values: both((trace) => meanOverRows(trace, entropyOf)) },
      { name: t("lab.oneHead.kinds"), values: both(kinds).map(String) },
    ];
  };
  return <VariantFigure variant={variant} notice={notice} facts={facts} />;
}

/** The share of rows (of queries that see more than one key) that go to one key almost entirely. */
function hot(trace: Trace): number {
  let rows = 0;
  let total = 0;
  meanOverRows(trace, (row, query) => {
    if (query === 0) return 0;
    total++;
    if (Math.max(...row) > ALMOST_ONE) rows++;
    return 0;
  });
  return total === 0 ? 0 : rows / total;
}

/** How many different keys the last query's heads put first, in the layers together. */
function kinds(trace: Trace): number {
  const found = new Set<string>();
  for (const [site, tensor] of Object.entries(trace.sites)) {
    if (!site.endsWith(".attn.hook_pattern") || tensor === undefined) continue;
    const [heads = 0, queries = 0, keys = 0] = tensor.shape;
    for (let head = 0; head < heads; head++) {
      const start = ((head + 1) * queries - 1) * keys;
      const row = tensor.data.subarray(start, start + keys);
      found.add(`${row.reduce((best, share, key) => (share > (row[best] ?? 0) ? key : best), 0)}`);
    }
  }
  return found.size;
}

export const oneHead = card(SWITCHES, OneHead);
