import { useMemo } from "react";
import { rowNoise } from "../../../analysis/experiments/rowNoise";
import { effectiveKeys } from "../../../analysis/heads/entropy";
import { softmax } from "../../../analysis/softmaxJacobian";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { useLooked } from "../../../store/SessionContext";
import { number, percent } from "../../../viz/format";
import { matrixAt, rowOf, tensorAt } from "../../../viz/siteView";
import { card, type FigureProps } from "../card";
import { ErrorBars } from "../parts/ErrorBars";
import { FactTable } from "../parts/FactTable";
import { HeadChoice } from "../parts/HeadChoice";
import { Notice } from "../parts/Notice";
import parts from "../parts/Parts.module.css";
import { RowName } from "../parts/RowName";
import { RunsOn } from "../parts/RunsOn";
import { useLive } from "../usePass";

const SWITCHES = {
  sigma: { kind: "number", label: "lab.noise.sigma", min: 0, max: 2, step: 0.25, rest: 0.5 },
  seed: { kind: "number", label: "lab.seed", min: 1, max: 20, step: 1, rest: 1 },
} as const;

const DRAWS = 100;
const SIGMAS = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

function Noise({ values: { sigma, seed } }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const trace = useLive();
  const looked = useLooked();
  const row = useMemo(() => {
    const scores = trace && tensorAt(trace, looked, "attn.hook_attn_scores");
    const values = trace && tensorAt(trace, looked, "attn.hook_v");
    if (trace === null || scores === null || values === null) return null;
    return {
      scores: rowOf(matrixAt(scores, trace, looked), looked.query),
      values: matrixAt(values, trace, looked).data,
    };
  }, [trace, looked]);
  const noisy = useMemo(
    () =>
      row && SIGMAS.map((each) => ({ x: each, ...rowNoise({ ...row, sigma: each, draws: DRAWS, seed }) })),
    [row, seed],
  );
  if (row === null || noisy === null || trace === null)
    return <p className={parts.waiting}>{t("lab.waiting")}</p>;
  const now = noisy.find(({ x }) => x === sigma) ?? noisy[0];
  if (now === undefined) return null;
  const keys = row.scores.filter((score) => score !== Number.NEGATIVE_INFINITY).length;
  return (
    <>
      <Notice>
        {keys < 2 ? (
          t("lab.noise.one")
        ) : (
          <T
            id="lab.noise.say"
            values={{ sigma: number(sigma) }}
            components={{
              share: <b>{percent(now.share.mean)}</b>,
              mix: <b data-fact="mix">{percent(now.mix.mean)}</b>,
              deviation: <b>{percent(now.mix.deviation)}</b>,
              keys: <b>{number(effectiveKeys(softmax(row.scores)))}</b>,
            }}
          />
        )}
      </Notice>
      <HeadChoice trace={trace} />
      <RowName trace={trace} />
      <div className={parts.beside}>
        <div>
          <h4>{t("lab.noise.curve", { draws: DRAWS })}</h4>
          <ErrorBars
            label={t("lab.noise.curve", { draws: DRAWS })}
            points={noisy.map(({ x, mix }) => ({ x, ...mix }))}
            at={sigma}
          />
        </div>
        <FactTable
          label={t("lab.facts")}
          columns={[t("lab.original"), `σ = ${number(sigma)}`]}
          facts={[
            { name: t("lab.noise.share"), values: [0, now.share.mean] },
            { name: t("lab.noise.mix"), values: [0, now.mix.mean] },
            { name: t("lab.noise.mean", { draws: DRAWS }), values: [0, now.bias] },
          ]}
        />
      </div>
      <RunsOn of="own" />
    </>
  );
}

export const noise = card(SWITCHES, Noise);
