import { TokenAt } from "../../../components/TokenAt";
import { hiddenCells } from "../../../engine/masks";
import type { MaskSpec } from "../../../engine/spec";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { useLooked } from "../../../store/SessionContext";
import { count, number } from "../../../viz/format";
import { tokensAlong } from "../../../viz/siteView";
import { card, type FigureProps } from "../card";
import { Notice } from "../parts/Notice";
import { outputShift } from "../parts/OutputChange";
import { type Passes, VariantFigure } from "../parts/VariantFigure";

const SWITCHES = {
  size: { kind: "number", label: "lab.recurrence.size", min: 1, max: 16, step: 1, rest: 4 },
  memory: { kind: "number", label: "lab.recurrence.memory", min: 0, max: 16, step: 1, rest: 4 },
} as const;

function Recurrence({ values: { size, memory } }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const looked = useLooked();
  const mask: MaskSpec = { kind: "segments", size, memory };
  const seenBy = (kind: MaskSpec, n: number) => {
    const hidden = hiddenCells(kind, 0, n, n, null);
    const row = hidden.subarray(looked.query * n, (looked.query + 1) * n);
    return { row: row.filter((each) => each === 0).length, all: hidden.filter((each) => each === 0).length };
  };
  const notice = ({ before, after }: Passes) => {
    const tokens = tokensAlong("query_pos", before, looked);
    return (
      <Notice>
        <T
          id="lab.recurrence.say"
          values={{
            segment: Math.floor(looked.query / size) + 1,
            reach: before.spec.stacks[0]?.layers.length ?? 1,
          }}
          components={{
            query: <TokenAt tokens={tokens} at={looked.query} as="query" />,
            keys: <b data-fact="keys">{seenBy(mask, tokens.length).row}</b>,
            bits: <b>{number(outputShift(before, after, looked.query) ?? Number.NaN)}</b>,
            far: <b>{(before.spec.stacks[0]?.layers.length ?? 1) * memory}</b>,
          }}
        />
      </Notice>
    );
  };
  const facts = ({ before }: Passes) => {
    const n = tokensAlong("query_pos", before, looked).length;
    const [full, cut] = [seenBy({ kind: "causal" }, n), seenBy(mask, n)];
    return [
      { name: t("lab.recurrence.keys"), values: [full.row, cut.row].map(String) },
      { name: t("lab.maskShape.pairs"), values: [full.all, cut.all].map(count) },
    ];
  };
  return <VariantFigure variant={[{ kind: "mask", mask }]} notice={notice} facts={facts} />;
}

export const recurrence = card(SWITCHES, Recurrence);
