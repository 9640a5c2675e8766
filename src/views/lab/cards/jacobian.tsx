import { useId, useMemo, useState } from "react";
import { softmax, softmaxJacobian } from "../../../analysis/softmaxJacobian";
import { TokenAt } from "../../../components/TokenAt";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { useLooked } from "../../../store/SessionContext";
import { number } from "../../../viz/format";
import { largestOf } from "../../../viz/heatmap";
import { matrixAt, rowOf, tensorAt, tokensAlong } from "../../../viz/siteView";
import { tokenText } from "../../../viz/tokenText";
import { card, type FigureProps } from "../card";
import { FactTable } from "../parts/FactTable";
import { Notice } from "../parts/Notice";
import parts from "../parts/Parts.module.css";
import { RunsOn } from "../parts/RunsOn";
import { SquareMatrix } from "../parts/SquareMatrix";
import { useLive } from "../usePass";

const SWITCHES = {
  source: {
    kind: "choice",
    label: "lab.jacobian.source",
    options: { own: "lab.jacobian.source.own", row: "lab.jacobian.source.row" },
    rest: "own",
  },
  temperature: {
    kind: "number",
    label: "lab.jacobian.temperature",
    min: 0.1,
    max: 10,
    step: 0.1,
    rest: 1,
  },
  z: { kind: "text", length: 200, rest: "1000, 1, −1000" },
} as const;

/** So many entries of a row are listed. */
const LISTED = 16;

function Jacobian({ values: { source, temperature, z }, set }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const row = useScoreRow();
  const typed = useMemo(() => numbersOf(z), [z]);
  const isRow = source === "row" && row !== null;
  const scores = isRow ? row.scores : typed;
  const names = isRow ? row.names : (typed ?? []).map((_, at) => `z${subscript(at + 1)}`);
  return (
    <>
      {!isRow && <VectorField text={z} isBad={typed === null} onChange={(text) => set({ z: text })} />}
      {scores !== null && <Facts scores={scores} names={names} temperature={temperature} />}
      <RunsOn of={isRow ? "own" : "none"} />
      {source === "row" && row === null && <p className={parts.waiting}>{t("lab.waiting")}</p>}
    </>
  );
}

function Facts({
  scores,
  names,
  temperature,
}: {
  scores: readonly number[];
  names: readonly string[];
  temperature: number;
}) {
  const t = useT();
  const shares = useMemo(() => softmax(scores, temperature), [scores, temperature]);
  const jacobian = useMemo(() => softmaxJacobian(shares, temperature), [shares, temperature]);
  const most = Math.max(...scores);
  const listed = names.slice(0, LISTED);
  const column = (of: (score: number, at: number) => number) =>
    listed.map((_, at) => of(scores[at] ?? Number.NaN, at));
  const exp = Math.exp(most / temperature);
  return (
    <>
      <Notice>
        <T
          id="lab.jacobian.say"
          components={{
            share: <b>{number(Math.max(...shares))}</b>,
            most: <b>{number(largestOf(jacobian.data))}</b>,
            half: <b>{number(0.25 / temperature)}</b>,
          }}
        />{" "}
        <T id="lab.jacobian.overflow" components={{ exp: <b>{number(exp)}</b> }} />
      </Notice>
      <div className={parts.beside}>
        <FactTable
          label={t("lab.facts")}
          columns={listed.map((_, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same token may come twice
            <TokenAt key={at} tokens={names} at={at} as="entry" />
          ))}
          facts={[
            { name: "z", values: column((score) => score) },
            { name: t("lab.jacobian.exp"), values: column((score) => Math.exp(score / temperature)) },
            {
              name: t("lab.jacobian.shifted"),
              values: column((score) => Math.exp((score - most) / temperature)),
            },
            { name: "s", values: column((_, at) => shares[at] ?? Number.NaN) },
            {
              name: t("lab.jacobian.slope"),
              values: column((_, at) => (shares[at] ?? 0) * (1 - (shares[at] ?? 0))),
            },
          ]}
        />
        <SquareMatrix name={t("lab.jacobian.matrix")} data={jacobian.data} labels={names} kind="diverging" />
      </div>
    </>
  );
}

interface FieldProps {
  text: string;
  isBad: boolean;
  onChange(text: string): void;
}

/** A list of numbers, typed; what is none is said, and nothing is computed from it. */
function VectorField({ text, isBad, onChange }: FieldProps) {
  const t = useT();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <div className={parts.field}>
      <label htmlFor={id}>{t("lab.jacobian.z")}</label>
      <input
        id={id}
        value={typed !== null && numbersOf(typed)?.join() === numbersOf(text)?.join() ? typed : text}
        aria-invalid={isBad}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          onChange(event.currentTarget.value);
        }}
      />
      {isBad && (
        <p role="alert" className={parts.wrong}>
          {t("lab.jacobian.bad", { text })}
        </p>
      )}
    </div>
  );
}

/** The looked row of scores, and its keys. */
function useScoreRow(): { readonly scores: readonly number[]; readonly names: readonly string[] } | null {
  const looked = useLooked();
  const trace = useLive();
  return useMemo(() => {
    const tensor = trace && tensorAt(trace, looked, "attn.hook_attn_scores");
    if (trace === null || tensor === null) return null;
    const row = Array.from(rowOf(matrixAt(tensor, trace, looked), looked.query));
    const tokens = tokensAlong("key_pos", trace, looked);
    const seen = row.flatMap((score, at) => (Number.isFinite(score) ? [{ score, at }] : []));
    if (seen.length === 0) return null;
    return {
      scores: seen.map(({ score }) => score),
      names: seen.map(({ at }) => tokenText(tokens[at]?.text ?? "")),
    };
  }, [trace, looked]);
}

/** The numbers of a list, or null where one of them is none. A true minus and full-width commas are taken too. */
export function numbersOf(text: string): readonly number[] | null {
  const pieces = text
    .replaceAll("−", "-")
    .split(/[,，、\s]+/)
    .filter((piece) => piece !== "");
  const numbers = pieces.map(Number);
  return numbers.length === 0 || numbers.length > 32 || !numbers.every(Number.isFinite) ? null : numbers;
}

function subscript(index: number): string {
  return [...String(index)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
}

export const jacobian = card(SWITCHES, Jacobian);
