import { useMemo } from "react";
import { distance } from "../../../analysis/experiments/experiment";
import { cosineOf, normOf, row } from "../../../analysis/matrix";
import { betweenBlocks } from "../../../analysis/residual";
import { Curves } from "../../../components/Curves";
import { TokenLabel } from "../../../components/TokenLabel";
import { stackPrefix } from "../../../engine/sites";
import type { Trace } from "../../../engine/trace";
import type { Variant } from "../../../engine/variants";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { isText } from "../../../store/run";
import { useLooked, useSession } from "../../../store/SessionContext";
import { number } from "../../../viz/format";
import { tokensAlong } from "../../../viz/siteView";
import { card, type FigureProps } from "../card";
import { FactTable } from "../parts/FactTable";
import { GradientLengths } from "../parts/GradientLengths";
import { Notice } from "../parts/Notice";
import parts from "../parts/Parts.module.css";
import { VariantFigure } from "../parts/VariantFigure";
import { useLive, usePass } from "../usePass";

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
    const site = `${stackPrefix(looked.stack)}hook_full_embed`;
    const edits = [{ kind: "noise", site, at: { query }, sigma: 10 ** epsilon, seed: 1 }] as const;
    const { base, changed } = skip === "off" ? TRAINED : TRAINED_WITH;
    const of = (name: string) => (text === null ? null : { model: `siblings/${name}`, input: { text } });
    const [own, other] = isTrained ? [of(base), of(changed)] : [{}, { variant }];
    return {
      still: isTrained && own !== null ? { ...own, edits: [] } : null,
      moved: own && { ...own, edits },
      bare: other && (isTrained ? { ...other, edits: [] } : other),
      bareMoved: other && { ...other, edits },
    };
  }, [looked.stack, query, epsilon, variant, isTrained, skip, text]);
  const still = usePass(requests.still);
  const moved = usePass(requests.moved);
  const bare = usePass(requests.bare);
  const bareMoved = usePass(requests.bareMoved);
  if (live === null) return <p className={parts.waiting}>{t("lab.waiting")}</p>;
  const from = isTrained ? still.trace : live;
  const own = from && moved.trace && movement(from, moved.trace, looked.stack, query);
  const other = bare.trace && bareMoved.trace && movement(bare.trace, bareMoved.trace, looked.stack, query);
  const token = <TokenLabel text={tokensAlong("query_pos", live, looked)[query]?.text ?? ""} as="query" />;
  return (
    <>
      {own != null && other != null && (
        <>
          <Notice>
            <T
              id={`lab.residual.say.${skip}`}
              values={{ epsilon: number(10 ** epsilon) }}
              components={{
                token,
                before: <b>{number(own.gains.at(-1) ?? Number.NaN)}</b>,
                after: <b data-fact="after">{number(other.gains.at(-1) ?? Number.NaN)}</b>,
                kept: <b>{number(own.kept)}</b>,
                left: <b>{number(other.kept)}</b>,
              }}
            />
          </Notice>
          <div className={parts.beside}>
            <div>
              <h4>{t("lab.residual.curve")}</h4>
              <Curves
                label={t("lab.residual.curve")}
                curves={[
                  { id: "own", name: t("lab.original"), values: own.gains },
                  { id: "other", name: t("lab.changed"), values: other.gains },
                ]}
                ends={[t("lab.stream.first"), t("lab.stream.last")]}
                at={own.gains.length - 1}
              />
            </div>
            <FactTable
              label={t("lab.facts")}
              columns={[t("lab.original"), t("lab.changed")]}
              facts={[
                {
                  name: t("lab.residual.gain"),
                  values: [own.gains.at(-1) ?? null, other.gains.at(-1) ?? null],
                },
                { name: t("lab.residual.slope"), values: [own.slope, other.slope] },
                { name: t("lab.residual.kept"), values: [own.kept, other.kept] },
              ]}
            />
          </div>
        </>
      )}
      {!isTrained && bare.trace !== null && (
        <GradientLengths before={live} after={bare.trace} variant={variant} />
      )}
      <VariantFigure
        variant={variant}
        sibling={weights === "sibling" ? (skip === "off" ? TRAINED : TRAINED_WITH) : null}
        notice={() => null}
      />
    </>
  );
}

/** How far a moved input moves the stream, layer by layer. */
function movement(before: Trace, after: Trace, stackName: string, query: number) {
  const stack = before.spec.stacks.find(({ name }) => name === stackName) ?? before.spec.stacks[0];
  if (stack === undefined) return null;
  const sites = betweenBlocks(stack).map((site) => {
    const [from, to] = [before, after].map((trace) => trace.sites[site as keyof Trace["sites"]]);
    return from === undefined || to === undefined ? null : { from, to };
  });
  const entered = sites[0];
  const left = sites.at(-1);
  if (entered == null || left == null) return null;
  const relative = ({ from, to }: NonNullable<(typeof sites)[number]>) =>
    distance(from.data, to.data) / normOf(from.data);
  const first = relative(entered);
  return {
    /** ‖Δx‖/‖x‖ after each layer, as a multiple of that at the input. */
    gains: Float32Array.from(sites, (site) => (site === null ? Number.NaN : relative(site) / first)),
    /** ‖Δ out‖/‖Δ in‖: the slope along the direction that was moved. */
    slope: distance(left.from.data, left.to.data) / distance(entered.from.data, entered.to.data),
    /** Cosine of what leaves the last layer with what entered the first, at the query. */
    kept: cosineOf(row(entered.from, query), row(left.from, query)),
  };
}

export const residual = card(SWITCHES, Residual);
