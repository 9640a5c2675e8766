import { TokenAt } from "../../../components/TokenAt";
import { sees } from "../../../engine/masks";
import type { AttentionSpec } from "../../../engine/spec";
import type { Trace } from "../../../engine/trace";
import type { Variant } from "../../../engine/variants";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { useLooked } from "../../../store/SessionContext";
import { number, percent } from "../../../viz/format";
import { tokensAlong } from "../../../viz/siteView";
import { card, type FigureProps } from "../card";
import { Notice } from "../parts/Notice";
import { meanOverRows, rowFacts } from "../parts/rowFacts";
import { type Passes, VariantFigure } from "../parts/VariantFigure";
import { useLive } from "../usePass";

const SWITCHES = {
  value: {
    kind: "choice",
    label: "lab.maskValue.value",
    options: {
      infinite: "lab.maskValue.infinite",
      large: "lab.maskValue.large",
      ten: "lab.maskValue.ten",
      zero: "lab.maskValue.zero",
    },
    rest: "zero",
  },
} as const;

const VALUES = { infinite: Number.NEGATIVE_INFINITY, large: -10_000, ten: -10, zero: 0 } as const;

function MaskValue({ values: { value } }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const looked = useLooked();
  const live = useLive();
  const stack = live?.spec.stacks.find(({ name }) => name === looked.stack);
  const spec = stack?.layers[looked.layer]?.attn;
  const variant: Variant | null =
    spec === undefined
      ? null
      : [
          ...(spec.mask.kind === "none" ? [{ kind: "mask", mask: { kind: "causal" } } as const] : []),
          { kind: "maskValue", value: VALUES[value] },
        ];
  const notice = ({ before, after }: Passes) => {
    const mask = maskOf(after, looked);
    const to = rowFacts(after, looked);
    if (mask === undefined || to === null) return null;
    const size = to.row.length;
    const hidden = Array.from({ length: size }, (_, key) => key).filter(
      (key) => !sees(mask, looked.query, key, size),
    );
    const leak = hidden.reduce((sum, key) => sum + (to.row[key] ?? 0), 0);
    const queries = tokensAlong("query_pos", before, looked);
    return (
      <Notice>
        <T
          id="lab.maskValue.say"
          values={{ value: number(VALUES[value]), hidden: hidden.length }}
          components={{
            query: <TokenAt tokens={queries} at={looked.query} as="query" />,
            leak: <b data-fact="leak">{percent(leak)}</b>,
            exp: <b>{number(Math.exp(VALUES[value]))}</b>,
          }}
        />
      </Notice>
    );
  };
  const facts = ({ before, after }: Passes) => [
    { name: t("lab.maskValue.leak"), values: [leakOf(before, looked), leakOf(after, looked)].map(percent) },
    { name: t("lab.maskValue.exp"), values: [0, Math.exp(VALUES[value])] },
  ];
  return <VariantFigure variant={variant} notice={notice} facts={facts} />;
}

type Looked = ReturnType<typeof useLooked>;

function maskOf(trace: Trace, { stack, layer }: Looked): AttentionSpec["mask"] | undefined {
  return trace.spec.stacks.find(({ name }) => name === stack)?.layers[layer]?.attn.mask;
}

/** Mean attention of a row to keys that its mask hides. */
function leakOf(trace: Trace, looked: Looked): number {
  const mask = maskOf(trace, looked);
  if (mask === undefined) return 0;
  return meanOverRows(trace, (row, query) =>
    row.reduce((sum, share, key) => (sees(mask, query, key, row.length) ? sum : sum + share), 0),
  );
}

export const maskValue = card(SWITCHES, MaskValue);
