import { useMemo } from "react";
import { attentionFlow } from "../../../analysis/aggregate/flow";
import { receptiveField, rollout } from "../../../analysis/aggregate/rollout";
import { BarRow } from "../../../components/BarRow";
import { Curves } from "../../../components/Curves";
import { TokenAt } from "../../../components/TokenAt";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { patternSite } from "../../../store/follow";
import { useLooked } from "../../../store/SessionContext";
import { number, percent } from "../../../viz/format";
import { rowOf, tokensAlong } from "../../../viz/siteView";
import { card, type FigureProps } from "../card";
import { Notice } from "../parts/Notice";
import parts from "../parts/Parts.module.css";
import { Patterns } from "../parts/Patterns";
import { RunsOn } from "../parts/RunsOn";
import { useLive } from "../usePass";

const SWITCHES = {
  layers: {
    kind: "number",
    label: "lab.reach.layers",
    min: 1,
    max: 24,
    step: 1,
    rest: 24,
    names: { 24: "lab.reach.all" },
  },
  way: {
    kind: "choice",
    label: "lab.reach.way",
    options: { rollout: "lab.reach.way.rollout", flow: "lab.reach.way.flow" },
    rest: "rollout",
  },
  share: {
    kind: "number",
    label: "lab.reach.share",
    min: 0.1,
    max: 2,
    step: 0.1,
    rest: 0.5,
    text: (n: number) => `${number(n)}/n`,
  },
} as const;

/** The longest text that flow is computed for. */
const MOST = 64;

function Reach({ values: { layers: asked, way, share } }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const trace = useLive();
  const looked = useLooked();
  const { stack: name, query } = looked;
  // biome-ignore lint/correctness/useExhaustiveDependencies: all layers of a stack, whatever is looked at in it
  const patterns = useMemo(() => {
    const stack = trace?.spec.stacks.find((each) => each.name === name);
    const sites = stack?.layers.map(
      (_, layer) => trace?.sites[patternSite({ ...looked, layer, attention: "attn" })],
    );
    return sites?.every((site) => site !== undefined) ? sites.filter((site) => site !== undefined) : null;
  }, [trace, name]);
  const steps = useMemo(() => (patterns === null ? [] : rollout(patterns)), [patterns]);
  const fields = useMemo(() => (patterns === null ? [] : receptiveField(patterns, share)), [patterns, share]);
  const layers = Math.min(asked, steps.length);
  const canFlow = (patterns?.[0]?.shape[1] ?? 0) <= MOST;
  const flow = useMemo(
    () =>
      way === "flow" && canFlow && patterns !== null ? attentionFlow(patterns.slice(0, layers), query) : null,
    [way, canFlow, patterns, layers, query],
  );
  const step = steps[layers - 1];
  if (trace === null || patterns === null || step === undefined) {
    return <p className={parts.waiting}>{t("lab.waiting")}</p>;
  }
  const tokens = tokensAlong("query_pos", trace, { ...looked, attention: "attn" });
  const [rows = 0, columns = 0] = step.shape;
  const held = flow === null ? rowOf({ data: step.data, rows, columns }, query) : normalised(flow);
  const most = held.reduce((best, value, at) => (value > (held[best] ?? 0) ? at : best), 0);
  const counts = [1, ...fields.map((field) => field[query] ?? 0)];
  return (
    <>
      <Notice>
        <T
          id="lab.reach.say"
          values={{ first: counts[1] ?? 0, layers, last: counts[layers] ?? 0, share: number(share) }}
          components={{
            query: <TokenAt tokens={tokens} at={query} as="query" />,
            most: <TokenAt tokens={tokens} at={most} as="key" />,
            value: <b>{percent(held[most] ?? 0)}</b>,
          }}
        />
      </Notice>
      {way === "flow" && !canFlow && <p className={parts.wrong}>{t("lab.reach.long")}</p>}
      <div className={parts.beside}>
        <Patterns
          queries={tokens}
          pictures={[{ name: t("lab.reach.matrix", { layers }), data: step.data, kind: "pattern" }]}
        />
        <div>
          <h4>
            <T
              id="lab.reach.curve"
              components={{ query: <TokenAt tokens={tokens} at={query} as="query" /> }}
            />
          </h4>
          <Curves
            label={t("lab.reach.row")}
            curves={[{ id: "reach", name: t("lab.reach.inputs"), values: Float32Array.from(counts) }]}
            ends={[t("lab.stream.first"), t("lab.stream.last")]}
            at={layers}
          />
          <h4>{t("lab.reach.row")}</h4>
          <ul className={parts.changes} aria-label={t("lab.reach.row")}>
            {tokens.map((_, at) => (
              <BarRow
                // biome-ignore lint/suspicious/noArrayIndexKey: the same token may come twice
                key={at}
                name={<TokenAt tokens={tokens} at={at} as="entry" />}
                axis="key"
                value={held[at] ?? 0}
                from={0}
                to={held[most] ?? 1}
                isOn={at === most}
              />
            ))}
          </ul>
        </div>
      </div>
      <RunsOn of="own" />
    </>
  );
}

function normalised(flow: Float32Array): Float32Array {
  const total = flow.reduce((sum, value) => sum + value, 0);
  return total === 0 ? flow : flow.map((value) => value / total);
}

export const reach = card(SWITCHES, Reach);
