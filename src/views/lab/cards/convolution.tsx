import { useMemo } from "react";
import {
  convolutionByHeads,
  convolution as convolve,
  relativeGap,
} from "../../../analysis/experiments/convolution";
import { seededMatrix } from "../../../analysis/experiments/seededMatrix";
import { row } from "../../../analysis/matrix";
import { createRng } from "../../../engine/rng";
import { stackPrefix } from "../../../engine/sites";
import type { Trace } from "../../../engine/trace";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { number } from "../../../viz/format";
import { card, type FigureProps } from "../card";
import { FactTable } from "../parts/FactTable";
import { Notice } from "../parts/Notice";
import parts from "../parts/Parts.module.css";
import { Patterns } from "../parts/Patterns";
import { RunsOn } from "../parts/RunsOn";
import { useLive } from "../usePass";

const SWITCHES = {
  beta: { kind: "number", label: "lab.convolution.beta", min: 0, max: 40, step: 1, rest: 40 },
  radius: {
    kind: "choice",
    label: "lab.convolution.kernel",
    options: { "1": "lab.convolution.three", "2": "lab.convolution.five" },
    rest: "1",
  },
  seed: { kind: "number", label: "lab.seed", min: 1, max: 20, step: 1, rest: 1 },
} as const;

/** Channels that the kernel writes, and the longest text that is computed here. */
const CHANNELS = 8;
const MOST = 64;
/** What counts as the same: 32-bit numbers added in another order. */
const SAME = 1e-5;

function Convolution({ values: { beta, radius, seed } }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const live = useLive();
  const found = useMemo(() => {
    const x = live && vectors(live);
    if (x === null || x[0] === undefined) return null;
    const rng = createRng(seed);
    const kernels = Array.from({ length: 2 * Number(radius) + 1 }, () =>
      seededMatrix(rng, CHANNELS, x[0]?.length ?? 1),
    );
    const exact = convolve(x, kernels);
    const { y, patterns } = convolutionByHeads(x, kernels, beta);
    return { gap: relativeGap(exact, y), patterns, exact, y, n: x.length };
  }, [live, beta, radius, seed]);
  if (live === null || found === null) return <p className={parts.waiting}>{t("lab.waiting")}</p>;
  const { gap, patterns, n } = found;
  const middle = Number(radius);
  const sharp = Math.exp(beta) / (Math.exp(beta) + n - 1);
  return (
    <>
      <Notice>
        <T
          id={gap <= SAME ? "lab.convolution.say.same" : "lab.convolution.say.differs"}
          values={{ heads: patterns.length }}
          components={{ gap: <b data-fact="gap">{number(gap)}</b>, share: <b>{number(sharp)}</b> }}
        />
      </Notice>
      <Patterns
        queries={live.tokens.slice(0, n)}
        pictures={patterns.map((data, at) => ({
          name: t("lab.convolution.head", { head: at, offset: offsetText(at - middle) }),
          data,
          kind: "pattern" as const,
        }))}
      />
      <FactTable
        label={t("lab.facts")}
        columns={[t("lab.convolution.exact"), t("lab.convolution.heads")]}
        facts={Array.from({ length: Math.min(4, CHANNELS) }, (_, channel) => ({
          name: t("lab.convolution.entry", { channel }),
          values: [
            found.exact[Math.min(1, n - 1)]?.[channel] ?? null,
            found.y[Math.min(1, n - 1)]?.[channel] ?? null,
          ],
        }))}
      />
      <RunsOn of="random" name={String(seed)} />
    </>
  );
}

/** What enters the first block. [pos][d_model] */
function vectors(trace: Trace): readonly Float32Array[] | null {
  const name = trace.spec.stacks[0]?.name ?? "blocks";
  const tensor = trace.sites[`${stackPrefix(name)}hook_full_embed` as keyof Trace["sites"]];
  if (tensor === undefined) return null;
  return Array.from({ length: Math.min(MOST, tensor.shape[0] ?? 0) }, (_, at) => row(tensor, at));
}

function offsetText(offset: number): string {
  return offset > 0 ? `+${offset}` : offset < 0 ? `−${-offset}` : "0";
}

export const convolution = card(SWITCHES, Convolution);
