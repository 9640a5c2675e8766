import { useMemo } from "react";
import { Curves } from "../../../components/Curves";
import type { Variant } from "../../../engine/variants";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { isText } from "../../../store/run";
import { useLooked, useSession } from "../../../store/SessionContext";
import { useSiblings } from "../../../store/useSiblings";
import { number } from "../../../viz/format";
import { card, type FigureProps } from "../card";
import { FactTable } from "../parts/FactTable";
import { Notice } from "../parts/Notice";
import parts from "../parts/Parts.module.css";
import { PassNote } from "../parts/PassNote";
import { RunsOn } from "../parts/RunsOn";
import { writeRatios } from "../parts/writeRatios";
import { type PassRequest, useLive, usePass } from "../usePass";

const SWITCHES = {
  unit: {
    kind: "choice",
    label: "lab.gau.unit",
    options: { gau: "lab.gau.gau", attention: "lab.gau.attention" },
    rest: "gau",
  },
  init: {
    kind: "choice",
    label: "lab.gau.init",
    options: { normal: "lab.gau.normal", xavier: "lab.gau.xavier", trained: "lab.gau.trained" },
    rest: "normal",
  },
  seed: { kind: "number", label: "lab.seed", min: 1, max: 20, step: 1, rest: 1 },
} as const;

function Gau({ values: { unit, init, seed } }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const live = useLive();
  const { stack } = useLooked();
  const siblings = useSiblings(init === "trained");
  const text = useSession(({ runs: [run] }) => (run && isText(run.run.source) ? run.run.source.text : null));
  const isMissing = siblings !== null && !siblings.models.some(({ name }) => name === "gau");
  const asked = useMemo((): Readonly<Record<"gau" | "attention", PassRequest | null>> => {
    if (init === "trained") {
      const sibling = (name: string) =>
        text === null || siblings === null || isMissing
          ? null
          : { model: `siblings/${name}`, input: { text }, edits: [] };
      return { gau: sibling("gau"), attention: sibling("learned") };
    }
    const weights: Variant = [{ kind: "weights", init, seed, all: true }];
    return { gau: { variant: [{ kind: "gatedUnit" }, ...weights] }, attention: { variant: weights } };
  }, [init, seed, text, siblings, isMissing]);
  const gated = usePass(asked.gau);
  const plain = usePass(asked.attention);
  const ratios = {
    gau: gated.trace && writeRatios(gated.trace, stack, "hook_attn_out", "read"),
    attention: plain.trace && writeRatios(plain.trace, stack, "hook_attn_out", "read"),
  };
  const shown = ratios[unit];
  const mean = (all: readonly number[]) => all.reduce((sum, ratio) => sum + ratio / all.length, 0);
  return (
    <>
      {ratios.gau != null && ratios.attention != null && shown != null && (
        <Notice>
          <T
            id={`lab.gau.say.${unit}`}
            components={{
              ratio: <b data-fact="ratio">{number(mean(shown))}</b>,
              other: <b>{number(mean(ratios[unit === "gau" ? "attention" : "gau"] ?? []))}</b>,
            }}
          />{" "}
          {init === "xavier" && t("lab.gau.short")}
        </Notice>
      )}
      <PassNote pass={gated.error === null ? plain : gated} />
      {init === "trained" && isMissing && <p className={parts.wrong}>{t("lab.sibling.missing")}</p>}
      {live === null && <p className={parts.waiting}>{t("lab.waiting")}</p>}
      {shown != null && (
        <div className={parts.beside}>
          <div>
            <h4>{t("lab.gau.curve")}</h4>
            <Curves
              label={t("lab.gau.curve")}
              curves={(["gau", "attention"] as const).flatMap((id) => {
                const values = ratios[id];
                return values == null
                  ? []
                  : [{ id, name: t(`lab.gau.${id}`), values: Float32Array.from(values) }];
              })}
              ends={[t("lab.ablate.layer", { layer: 0 }), t("lab.ablate.layer", { layer: shown.length - 1 })]}
              at={0}
            />
          </div>
          <FactTable
            label={t("lab.facts")}
            columns={[t("lab.gau.gau"), t("lab.gau.attention")]}
            facts={shown.map((_, layer) => ({
              name: t("lab.gau.ratio", { layer }),
              values: [ratios.gau?.[layer] ?? null, ratios.attention?.[layer] ?? null],
            }))}
          />
        </div>
      )}
      {init === "trained" ? (
        <RunsOn of="sibling" name="gau, learned" />
      ) : (
        <RunsOn of="random" name={String(seed)} />
      )}
    </>
  );
}

export const gau = card(SWITCHES, Gau);
