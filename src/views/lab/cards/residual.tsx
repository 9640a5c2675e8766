import { useMemo } from "react";
import { likenessOf, movementOf, streamOf } from "../../../analysis/experiments/throughLayers";
import { Curves } from "../../../components/Curves";
import { TokenAt } from "../../../components/TokenAt";
import { stackPrefix } from "../../../engine/sites";
import type { StackName } from "../../../engine/spec";
import type { Trace } from "../../../engine/trace";
import type { Variant } from "../../../engine/variants";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import type { GradientRequest } from "../../../store/answers";
import { isText } from "../../../store/run";
import { useLooked, useSession } from "../../../store/SessionContext";
import { number } from "../../../viz/format";
import { tokensAlong } from "../../../viz/siteView";
import { card, type FigureProps } from "../card";
import { FactTable } from "../parts/FactTable";
import { Notice } from "../parts/Notice";
import parts from "../parts/Parts.module.css";
import { VariantFigure } from "../parts/VariantFigure";
import { useGradientLeft } from "../useGradientLeft";
import { type PassRequest, useLive, usePass } from "../usePass";
import { useSettled } from "../useSettled";

const SWITCHES = {
  skip: {
    kind: "choice",
    label: "lab.residual.skip",
    options: { on: "lab.residual.on", off: "lab.residual.off" },
    rest: "off",
  },
  weights: {
    kind: "choice",
    label: "lab.weights",
    options: { own: "lab.weights.own", sibling: "lab.weights.sibling" },
    rest: "own",
  },
  epsilon: {
    kind: "number",
    label: "lab.residual.epsilon",
    min: -4,
    max: 0,
    step: 0.5,
    rest: -2,
    text: (power: number) => number(10 ** power),
  },
} as const;

const WITHOUT: Variant = [{ kind: "residual", residual: false }];
const TRAINED = { base: "learned", changed: "no-residual" };
const TRAINED_WITH = { base: "no-residual", changed: "learned" };
const WITH: Variant = [{ kind: "residual", residual: true }];

function Residual({ values: { skip, weights, epsilon } }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const live = useLive();
  const looked = useLooked();
  const query = useSession((session) => session.selection.query);
  const variant = skip === "off" ? WITHOUT : WITH;
  const text = useSession(({ runs: [run] }) => (run && isText(run.run.source) ? run.run.source.text : null));
  const isTrained = weights === "sibling";
  const requests = useMemo(() => {
    const { base, changed } = skip === "off" ? TRAINED : TRAINED_WITH;
    const of = (name: string) =>
      text === null ? null : { model: `siblings/${name}`, input: { text }, edits: [] };
    const [own, other] = isTrained ? [of(base), of(changed)] : [{}, { variant }];
    return { own, still: isTrained ? own : null, bare: other };
  }, [variant, isTrained, skip, text]);
  // Another ε is another movement: what stands still, and its gradients, stay.
  const moves = useMemo(() => {
    const site = `${stackPrefix(looked.stack)}hook_full_embed`;
    const edits = [{ kind: "noise", site, at: { query }, sigma: 10 ** epsilon, seed: 1 }] as const;
    const { own, bare } = requests;
    return { own: own && { ...own, edits }, bare: bare && { ...bare, edits } };
  }, [requests, looked.stack, query, epsilon]);
  const still = usePass(requests.still);
  const moved = usePass(moves.own);
  const bare = usePass(requests.bare);
  const bareMoved = usePass(moves.bare);
  const from = isTrained ? still.trace : live;
  const place = { query, stack: looked.stack };
  const gradients = {
    own: useGradientLeft(from, from, place, useOver(requests.still, from)),
    other: useGradientLeft(from, bare.trace, place, useOver(requests.bare, bare.trace)),
  };
  const isLate = [still, moved, bare, bareMoved].some(({ late }) => late);
  const told = useSettled(isLate, () => {
    const own = from && moved.trace && through(from, moved.trace, looked.stack, query);
    const other = bare.trace && bareMoved.trace && through(bare.trace, bareMoved.trace, looked.stack, query);
    if (live === null || own == null || other == null) return null;
    const token = <TokenAt tokens={tokensAlong("query_pos", live, looked)} at={query} as="query" />;
    return (
      <>
        <Notice>
          <T
            id={`lab.residual.say.${skip}`}
            values={{ epsilon: number(10 ** epsilon) }}
            components={{
              token,
              before: <b>{number(own.left.at(-1) ?? Number.NaN)}</b>,
              after: <b data-fact="after">{number(other.left.at(-1) ?? Number.NaN)}</b>,
              alike: <b>{number(own.alike.at(-1) ?? Number.NaN)}</b>,
              same: <b>{number(other.alike.at(-1) ?? Number.NaN)}</b>,
            }}
          />
        </Notice>
        <div className={parts.beside}>
          <Both name={t("lab.residual.curve")} own={own.left} other={other.left} />
          {gradients.own !== null && gradients.other !== null && (
            <Both name={t("lab.residual.gradient")} own={gradients.own} other={gradients.other} at={0} />
          )}
          <div data-spare={1}>
            <Both name={t("lab.residual.alike")} own={own.alike} other={other.alike} />
          </div>
          <FactTable
            label={t("lab.facts")}
            columns={[t("lab.original"), t("lab.changed")]}
            facts={[
              {
                name: t("lab.residual.gain"),
                values: [own.left.at(-1) ?? null, other.left.at(-1) ?? null],
              },
              { name: t("lab.residual.slope"), values: [own.slope, other.slope] },
              {
                name: t("lab.residual.alike.last"),
                values: [own.alike.at(-1) ?? null, other.alike.at(-1) ?? null],
              },
              ...Array.from(gradients.own ?? [], (length, layer) => ({
                name:
                  layer === 0
                    ? t("lab.residual.gradient.first")
                    : t("lab.residual.gradient.after", { layer: layer - 1 }),
                values: [length, gradients.other?.[layer] ?? null],
              })),
            ]}
          />
        </div>
      </>
    );
  });
  if (live === null) return <p className={parts.waiting}>{t("lab.waiting")}</p>;
  return (
    <>
      {told}
      <div data-spare={2}>
        <VariantFigure
          variant={variant}
          sibling={weights === "sibling" ? (skip === "off" ? TRAINED : TRAINED_WITH) : null}
          notice={() => null}
        />
      </div>
    </>
  );
}

interface BothProps {
  name: string;
  own: Float32Array;
  other: Float32Array;
  /** The place that is looked at: the last one, where none is said. */
  at?: number;
}

/** One number of each layer, with and without the change. */
function Both({ name, own, other, at = own.length - 1 }: BothProps) {
  const t = useT();
  return (
    <div>
      <h4>{name}</h4>
      <Curves
        label={name}
        curves={[
          { id: "own", name: t("lab.original"), values: own },
          { id: "other", name: t("lab.changed"), values: other },
        ]}
        ends={[t("lab.stream.first"), t("lab.stream.last")]}
        at={at}
      />
    </div>
  );
}

/** What the gradients of a pass are asked with: its model and variant, and the tokens that a sibling cuts the text into. */
function useOver(request: PassRequest | null, trace: Trace | null): Partial<GradientRequest> {
  return useMemo(() => {
    const { model, variant } = request ?? {};
    if (model === undefined) return variant === undefined ? {} : { variant };
    return { model, variant: [], input: { ids: trace?.tokens.map(({ id }) => id) ?? [] } };
  }, [request, trace]);
}

/** What becomes of one moved word, and of the difference between words, on the way through the layers. */
function through(still: Trace, moved: Trace, stack: StackName, query: number) {
  const [from, to] = [streamOf(still, stack), streamOf(moved, stack)];
  const movement = from && to && movementOf(from, to, query);
  return from === null || movement === null ? null : { ...movement, alike: likenessOf(from) };
}

export const residual = card(SWITCHES, Residual);
