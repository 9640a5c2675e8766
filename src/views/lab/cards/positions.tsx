import type { Trace } from "../../../engine/trace";
import type { Variant, VariantChange } from "../../../engine/variants";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { useLooked } from "../../../store/SessionContext";
import { number } from "../../../viz/format";
import { card, type FigureProps } from "../card";
import { Notice } from "../parts/Notice";
import { outputShift } from "../parts/OutputChange";
import { meanOverRows } from "../parts/rowFacts";
import { type Passes, VariantFigure } from "../parts/VariantFigure";

const SWITCHES = {
  scheme: {
    kind: "choice",
    label: "lab.positions.scheme",
    options: {
      none: "lab.positions.none",
      sinusoidal: "lab.positions.sinusoidal",
      learned: "lab.positions.learned",
      buckets: "lab.positions.buckets",
      rotary: "lab.positions.rotary",
      alibi: "lab.positions.alibi",
    },
    rest: "none",
  },
  at: {
    kind: "choice",
    label: "lab.positions.at",
    options: {
      input: "lab.positions.at.input",
      layers: "lab.positions.at.layers",
      queriesAndKeys: "lab.positions.at.queriesAndKeys",
    },
    rest: "input",
  },
  use: {
    kind: "choice",
    label: "lab.positions.use",
    options: { add: "lab.positions.use.add", multiply: "lab.positions.use.multiply" },
    rest: "add",
  },
} as const;

type Values = FigureProps<typeof SWITCHES>["values"];

/** Which of the two further switches a scheme has. */
function kindOf(scheme: Values["scheme"]): "absolute" | "relative" | "other" {
  if (scheme === "sinusoidal" || scheme === "learned") return "absolute";
  return scheme === "buckets" || scheme === "alibi" ? "relative" : "other";
}

function changeOf({ scheme, at, use }: Values): VariantChange {
  const kind = kindOf(scheme);
  return {
    kind: "positions",
    scheme,
    ...(kind === "absolute" && { at, past: "repeat" as const }),
    ...(kind === "relative" && { use }),
  };
}

function Positions({ values }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const looked = useLooked();
  const variant: Variant = [changeOf(values)];
  const kind = kindOf(values.scheme);
  const notice = ({ before, after }: Passes) => (
    <Notice>
      <T
        id={`lab.positions.say.${values.scheme}`}
        components={{
          bits: <b data-fact="bits">{number(outputShift(before, after, looked.query) ?? Number.NaN)}</b>,
          before: <b>{number(distanceOf(before))}</b>,
          after: <b data-fact="distance">{number(distanceOf(after))}</b>,
        }}
      />{" "}
      {kind === "other" ? t("lab.positions.neither") : t(`lab.positions.${kind}`)}
    </Notice>
  );
  const facts = ({ before, after }: Passes) => [
    { name: t("lab.positions.distance"), values: [distanceOf(before), distanceOf(after)] },
    {
      name: t("lab.oneHead.self"),
      values: [before, after].map((trace) => meanOverRows(trace, (row, query) => row[query] ?? 0)),
    },
  ];
  return <VariantFigure variant={variant} notice={notice} facts={facts} />;
}

/** How far a query looks on average, in tokens. */
function distanceOf(trace: Trace): number {
  return meanOverRows(trace, (row, query) =>
    row.reduce((sum, share, key) => sum + share * Math.abs(query - key), 0),
  );
}

export const positions = card(SWITCHES, Positions);
