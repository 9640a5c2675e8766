import { useMemo } from "react";
import { patternGap, putBack, shuffled } from "../../../analysis/permutation";
import { first } from "../../../engine/tensor";
import type { Variant } from "../../../engine/variants";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { patternSite } from "../../../store/follow";
import { useLooked } from "../../../store/SessionContext";
import { number } from "../../../viz/format";
import { card, type FigureProps } from "../card";
import { ChangedWeights } from "../parts/ChangedWeights";
import { FactTable } from "../parts/FactTable";
import { HeadChoice } from "../parts/HeadChoice";
import { Notice } from "../parts/Notice";
import parts from "../parts/Parts.module.css";
import { PassNote } from "../parts/PassNote";
import { Patterns } from "../parts/Patterns";
import { useLive, usePass } from "../usePass";

const SWITCHES = {
  positions: {
    kind: "choice",
    label: "lab.permute.positions",
    options: { on: "lab.on", off: "lab.off" },
    rest: "off",
  },
  mask: { kind: "choice", label: "lab.permute.mask", options: { on: "lab.on", off: "lab.off" }, rest: "off" },
  order: {
    kind: "choice",
    label: "lab.permute.order",
    options: { reversed: "lab.permute.reversed", shuffled: "lab.permute.shuffled" },
    rest: "reversed",
  },
} as const;

/** Two patterns that differ by no more than this are the same: 32-bit numbers added in another order. */
const ROUNDING = 1e-4;

function Permute({ values: { positions, mask, order } }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const live = useLive();
  const looked = useLooked();
  const ids = useMemo(() => live?.tokens.map(({ id }) => id) ?? [], [live]);
  const way = useMemo(
    () => (order === "reversed" ? ids.map((_, at) => ids.length - 1 - at) : shuffled(ids.length, 7)),
    [ids, order],
  );
  const requests = useMemo(() => {
    const variant: Variant = [
      ...(positions === "off" ? [{ kind: "positions", scheme: "none" } as const] : []),
      ...(mask === "off" ? [{ kind: "mask", mask: { kind: "none" } } as const] : []),
    ];
    const canRun =
      live !== null && live.spec.stacks.length === 1 && live.spec.stacks[0]?.embed.kind === "tokens";
    if (!canRun) return null;
    return {
      straight: { input: { ids }, variant },
      permuted: { input: { ids: way.map((at) => ids[at] ?? 0) }, variant },
    };
  }, [live, ids, way, positions, mask]);
  const straight = usePass(requests?.straight ?? null);
  const permuted = usePass(requests?.permuted ?? null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: all layers, whatever is looked at
  const gaps = useMemo(() => {
    const [a, b] = [straight.trace, permuted.trace];
    if (a === null || b === null || a.tokens.length !== way.length || b.tokens.length !== way.length)
      return null;
    return (a.spec.stacks[0]?.layers ?? []).map((_, layer) => {
      const site = patternSite({ ...looked, stack: "blocks", attention: "attn", layer });
      const [from, to] = [a.sites[site], b.sites[site]];
      return from === undefined || to === undefined ? Number.NaN : patternGap(from, to, way);
    });
  }, [straight.trace, permuted.trace, way]);
  if (live === null) return <p className={parts.waiting}>{t("lab.waiting")}</p>;
  if (requests === null) return <p className={parts.waiting}>{t("lab.permute.cannot")}</p>;
  const site = patternSite({ ...looked, stack: "blocks", attention: "attn" });
  const [from, to] = [straight.trace?.sites[site], permuted.trace?.sites[site]];
  return (
    <>
      {gaps !== null && (
        <Notice>
          <T
            id={Math.max(...gaps) <= ROUNDING ? "lab.permute.say.holds" : "lab.permute.say.fails"}
            components={{ gap: <b data-fact="gap">{number(Math.max(...gaps))}</b> }}
          />
        </Notice>
      )}
      <PassNote pass={straight.error === null ? permuted : straight} />
      <HeadChoice trace={live} />
      {gaps !== null && from !== undefined && to !== undefined && (
        <>
          <Patterns
            queries={live.tokens}
            pictures={[
              { name: t("lab.permute.straight"), data: first(from, looked.head).data, kind: "pattern" },
              {
                name: t("lab.permute.back"),
                data: putBack(first(to, looked.head).data, way),
                kind: "pattern",
              },
            ]}
          />
          <FactTable
            label={t("lab.facts")}
            columns={[t("lab.permute.gap")]}
            facts={gaps.map((gap, layer) => ({ name: t("lab.ablate.layer", { layer }), values: [gap] }))}
          />
        </>
      )}
      <ChangedWeights trace={permuted.trace} />
    </>
  );
}

export const permute = card(SWITCHES, Permute);
