import { surprisals, textProbability } from "../../../analysis/surprisal";
import type { Trace } from "../../../engine/trace";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { number, percent } from "../../../viz/format";
import { card, type FigureProps } from "../card";
import { Notice } from "../parts/Notice";
import { meanOverRows } from "../parts/rowFacts";
import { type Passes, VariantFigure } from "../parts/VariantFigure";

const SWITCHES = {
  mask: {
    kind: "choice",
    label: "lab.futureMask.mask",
    options: { causal: "lab.futureMask.causal", none: "lab.futureMask.none" },
    rest: "none",
  },
} as const;

/** Mean attention that goes to keys after their query. */
function ahead(trace: Trace): number {
  return meanOverRows(trace, (row, query) =>
    row.reduce((sum, share, key) => (key > query ? sum + share : sum), 0),
  );
}

/** Bits that the typed text costs, given at each token what stands before it (and, without the mask, what comes after). */
function bitsOf(trace: Trace): number {
  const { logits } = trace.sites;
  const ids = trace.tokens.map(({ id }) => id);
  const isWords = trace.spec.heads.some(({ kind }) => kind === "lm") && trace.spec.stacks.length === 1;
  if (logits === undefined || !isWords || logits.shape[0] !== ids.length) return Number.NaN;
  return textProbability(surprisals(logits, ids)).bits;
}

function FutureMask({ values: { mask } }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const notice = ({ before, after }: Passes) => (
    <Notice>
      <T
        id={`lab.futureMask.say.${mask}`}
        components={{
          before: <b>{percent(ahead(before))}</b>,
          after: <b data-fact="ahead">{percent(ahead(after))}</b>,
          from: <b>{number(bitsOf(before))}</b>,
          to: <b>{number(bitsOf(after))}</b>,
        }}
      />
    </Notice>
  );
  const facts = ({ before, after }: Passes) => [
    { name: t("lab.futureMask.ahead"), values: [percent(ahead(before)), percent(ahead(after))] },
    { name: t("lab.futureMask.bits"), values: [bitsOf(before), bitsOf(after)] },
  ];
  return <VariantFigure variant={[{ kind: "mask", mask: { kind: mask } }]} notice={notice} facts={facts} />;
}

export const futureMask = card(SWITCHES, FutureMask);
