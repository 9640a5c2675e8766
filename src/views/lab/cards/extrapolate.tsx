import { useMemo } from "react";
import { entropyOf } from "../../../analysis/heads/entropy";
import { Curves } from "../../../components/Curves";
import type { Trace } from "../../../engine/trace";
import type { Variant } from "../../../engine/variants";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { isText } from "../../../store/run";
import { useSession } from "../../../store/SessionContext";
import { type SiblingModel, useSiblings } from "../../../store/useSiblings";
import { number } from "../../../viz/format";
import { card, type FigureProps } from "../card";
import { FactTable } from "../parts/FactTable";
import { Notice } from "../parts/Notice";
import parts from "../parts/Parts.module.css";
import { PassNote } from "../parts/PassNote";
import { RunsOn } from "../parts/RunsOn";
import { type PassRequest, usePass } from "../usePass";

/** The siblings that differ in how they know positions. */
const SCHEMES = ["none", "sinusoidal", "learned", "t5", "rope", "alibi", "window"] as const;

const SWITCHES = {
  scheme: {
    kind: "choice",
    label: "lab.positions.scheme",
    options: {
      none: "lab.positions.none",
      sinusoidal: "lab.positions.sinusoidal",
      learned: "lab.positions.learned",
      t5: "lab.positions.buckets",
      rope: "lab.positions.rotary",
      alibi: "lab.positions.alibi",
      window: "lab.extrapolate.window",
    },
    rest: "alibi",
  },
  times: {
    kind: "number",
    label: "lab.extrapolate.times",
    min: 1,
    max: 4,
    step: 1,
    rest: 2,
    text: (n: number) => `${n} ×`,
  },
} as const;

/** A learned table ends where training ended: its last row is repeated, which the figure says. */
const PAST_TABLE: Variant = [
  { kind: "positions", scheme: "learned", past: "repeat" },
  { kind: "context", length: 128 },
];

function Extrapolate({ values: { scheme, times } }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const siblings = useSiblings();
  const text = useSession(({ runs: [run] }) => (run && isText(run.run.source) ? run.run.source.text : null));
  const trained = siblings?.trainedLength ?? 0;
  const model = siblings?.models.find(({ name }) => name === scheme);
  const request = useMemo((): PassRequest | null => {
    if (model === undefined || text === null || text.trim() === "") return null;
    // The typed words again and again, until there are as many tokens as are asked for.
    const long = Array.from({ length: trained * times }, () => text)
      .join(" ")
      .slice(0, 40 * trained * times);
    return {
      model: `siblings/${model.name}`,
      input: { text: long },
      edits: [],
      ...(scheme === "learned" && { variant: PAST_TABLE }),
    };
  }, [model, text, trained, times, scheme]);
  const pass = usePass(request);
  if (siblings === null) return <p className={parts.waiting}>{t("lab.waiting")}</p>;
  if (model === undefined) return <p className={parts.wrong}>{t("lab.sibling.missing")}</p>;
  const inside = meanOf(model.lossByPosition.subarray(0, trained));
  const beyond = meanOf(model.lossByPosition.subarray(trained * (times - 1), trained * times));
  const entropies = pass.trace === null ? null : entropyByPosition(pass.trace, trained * times);
  const shown = SCHEMES.flatMap((name) => siblings.models.find((each) => each.name === name) ?? []);
  return (
    <>
      <Notice>
        <T
          id="lab.extrapolate.say"
          values={{ trained, length: trained * times }}
          components={{
            inside: <b data-fact="inside">{number(inside)}</b>,
            beyond: <b data-fact="beyond">{number(beyond)}</b>,
          }}
        />{" "}
        {scheme === "learned" && t("lab.extrapolate.repeated")}
      </Notice>
      <PassNote pass={pass} />
      <div className={parts.beside}>
        <div>
          <h4>{t("lab.extrapolate.loss", { trained })}</h4>
          <Curves
            label={t("lab.extrapolate.loss", { trained })}
            curves={ordered(shown, scheme).map(({ name, lossByPosition }) => ({
              id: name,
              name: t(SWITCHES.scheme.options[name as (typeof SCHEMES)[number]]),
              values: smoothed(lossByPosition),
            }))}
            ends={["1", String(Math.max(...shown.map(({ lossByPosition }) => lossByPosition.length)))]}
            at={trained}
          />
        </div>
        {entropies !== null && (
          <div>
            <h4>{t("lab.extrapolate.entropy")}</h4>
            <Curves
              label={t("lab.extrapolate.entropy")}
              curves={[{ id: scheme, name: t(SWITCHES.scheme.options[scheme]), values: entropies }]}
              ends={["1", String(entropies.length)]}
              at={Math.min(trained, entropies.length - 1)}
            />
          </div>
        )}
        <FactTable
          label={t("lab.facts")}
          columns={[1, 2, 3, 4].map((time) => `${trained * (time - 1) + 1}–${trained * time}`)}
          facts={shown.map(({ name, lossByPosition }) => ({
            name: t(SWITCHES.scheme.options[name as (typeof SCHEMES)[number]]),
            values: [1, 2, 3, 4].map((time) => {
              const part = lossByPosition.subarray(trained * (time - 1), trained * time);
              return part.length === 0 ? null : meanOf(part);
            }),
          }))}
        />
      </div>
      <RunsOn of="sibling" name={scheme} />
    </>
  );
}

/** The chosen one first, so that it has the first colour. */
function ordered(models: readonly SiblingModel[], first: string): readonly SiblingModel[] {
  return models.toSorted((a, b) => Number(b.name === first) - Number(a.name === first));
}

function meanOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value / values.length, 0);
}

/** A running mean over five positions: single ones jump with the few windows that they were judged on. */
function smoothed(values: Float32Array): Float32Array {
  return values.map((_, at) => meanOf(values.subarray(Math.max(0, at - 2), at + 3)));
}

/** Mean entropy of the rows at each position, over all heads and layers, in bits. */
function entropyByPosition(trace: Trace, most: number): Float32Array {
  const length = Math.min(most, trace.tokens.length);
  const sums = new Float32Array(length);
  let heads = 0;
  for (const [site, tensor] of Object.entries(trace.sites)) {
    if (!site.endsWith("hook_pattern") || tensor === undefined) continue;
    const [count = 0, queries = 0, keys = 0] = tensor.shape;
    heads += count;
    for (let head = 0; head < count; head++) {
      for (let query = 0; query < length; query++) {
        const start = (head * queries + query) * keys;
        sums[query] = (sums[query] ?? 0) + entropyOf(tensor.data.subarray(start, start + keys));
      }
    }
  }
  return sums.map((sum) => sum / heads);
}

export const extrapolate = card(SWITCHES, Extrapolate);
