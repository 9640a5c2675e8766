import { useEffect } from "react";
import { impactMatrix } from "../../../analysis/experiments/impactMatrix";
import { row } from "../../../analysis/matrix";
import { betweenBlocks } from "../../../analysis/residual";
import { maximumTree, segment } from "../../../analysis/trees";
import { wordsOf } from "../../../analysis/words";
import { TokenAt } from "../../../components/TokenAt";
import type { Tensor } from "../../../engine/tensor";
import type { Trace } from "../../../engine/trace";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { useSession, useSessionStore } from "../../../store/SessionContext";
import { number } from "../../../viz/format";
import { tokenText } from "../../../viz/tokenText";
import { useIsActive } from "../activeCard";
import { card, type FigureProps } from "../card";
import { Arcs } from "../parts/Arcs";
import { ManyPasses } from "../parts/ManyPasses";
import { Notice } from "../parts/Notice";
import parts from "../parts/Parts.module.css";
import { RunsOn } from "../parts/RunsOn";
import { SquareMatrix } from "../parts/SquareMatrix";
import { useExperiment } from "../useExperiment";
import { useLive } from "../usePass";

const SWITCHES = {
  unit: {
    kind: "choice",
    label: "lab.impact.unit",
    options: { words: "lab.impact.unit.words", pieces: "lab.impact.unit.pieces" },
    rest: "words",
  },
  threshold: {
    kind: "number",
    label: "lab.impact.threshold",
    min: 0,
    max: 2,
    step: 0.05,
    rest: 0.8,
    text: (share: number) => `${number(share)} × ø`,
  },
} as const;

/** The model whose impacts are measured: one that reads both ways and fills masks. */
const MASKED = "masked";

function Impact({ values }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const live = useLive();
  const store = useSessionStore();
  if (live === null) return <p className={parts.waiting}>{t("lab.waiting")}</p>;
  const [stack] = live.spec.stacks;
  const isMasked = live.spec.ids.mask !== null && stack?.layers[0]?.attn.mask.kind === "none";
  if (!isMasked || stack === undefined) {
    return (
      <div className={parts.progress}>
        <p>{t("lab.impact.needs")}</p>
        <button type="button" className={parts.button} onClick={() => store.getState().setModel(MASKED)}>
          {t("lab.impact.switch")}
        </button>
      </div>
    );
  }
  return <Measured live={live} values={values} />;
}

interface Props {
  live: Trace;
  values: FigureProps<typeof SWITCHES>["values"];
}

/** So many passes are made unasked. */
const FEW = 45;

/** The impacts of this sentence: a pass for every pair, at once for a short one, else when asked. */
function Measured({ live, values: { unit, threshold } }: Props) {
  const t = useT();
  const input = useSession(({ runs }) => runs[0]?.input ?? null);
  const maskId = live.spec.ids.mask ?? 0;
  const units = unitsOf(live, unit === "words");
  const site = live.spec.stacks[0] === undefined ? "" : (betweenBlocks(live.spec.stacks[0]).at(-1) ?? "");
  const words = units.map(({ pieces }) => pieces);
  const experiment = useExperiment((run, watch) => {
    if (input === null) throw new Error("there is no input");
    return impactMatrix(run, { input, maskId, words, site }, watch);
  }, unit);
  const passes = (units.length * (units.length + 1)) / 2;
  const { status, start } = experiment;
  const isActive = useIsActive();
  const isShort = units.length >= 2 && passes <= FEW;
  useEffect(() => {
    if (status === "idle" && isShort && isActive) start();
  }, [status, isShort, isActive, start]);
  return (
    <>
      <ManyPasses
        experiment={experiment}
        name={`${t("lab.run")}: ${t("lab.impact.passes", { passes, words: units.length })}`}
        disabled={units.length < 2}
      />
      {experiment.result !== null && experiment.result.shape[0] === units.length && (
        <Found impacts={experiment.result} names={units.map(({ text }) => text)} threshold={threshold} />
      )}
      <RunsOn of="own" />
    </>
  );
}

/** What is masked together: words, or tokens one by one. */
function unitsOf({ tokens }: Trace, byWord: boolean) {
  if (byWord) {
    return wordsOf(tokens)
      .filter(({ special }) => !special)
      .map(({ pieces }) => ({
        pieces,
        text: pieces.map((at) => tokenText(tokens[at]?.text ?? "")).join(""),
      }));
  }
  return tokens.flatMap((token, at) =>
    token.special ? [] : [{ pieces: [at], text: tokenText(token.text) }],
  );
}

interface FoundProps {
  impacts: Tensor;
  names: readonly string[];
  threshold: number;
}

/** The matrix, the sentence in pieces, and the tree. */
function Found({ impacts, names, threshold }: FoundProps) {
  const t = useT();
  const neighbours = names
    .slice(1)
    .map((_, at) => ((row(impacts, at)[at + 1] ?? 0) + (row(impacts, at + 1)[at] ?? 0)) / 2);
  const mean = neighbours.reduce((sum, value) => sum + value / neighbours.length, 0);
  const starts = segment(impacts, threshold * mean);
  const heads = maximumTree(impacts);
  const size = names.length;
  const most = impacts.data.reduce((best, value, at) => (value > (impacts.data[best] ?? 0) ? at : best), 0);
  const pieces = starts.map((from, at) => ({ from, words: names.slice(from, starts[at + 1] ?? size) }));
  return (
    <>
      <Notice>
        <T
          id="lab.impact.say"
          values={{ threshold: number(threshold), parts: starts.length }}
          components={{
            word: <TokenAt tokens={names} at={Math.floor(most / size)} as="query" />,
            other: <TokenAt tokens={names} at={most % size} as="key" />,
            value: <b>{number(impacts.data[most] ?? 0)}</b>,
          }}
        />
      </Notice>
      <div className={parts.beside}>
        <SquareMatrix name={t("lab.impact.matrix")} data={impacts.data} labels={names} kind="sequential" />
        <div>
          <h4>{t("lab.impact.segments")}</h4>
          <p className={parts.segments} data-fact="segments" translate="no">
            {pieces.map(({ from, words }) => (
              <span key={from}>{words.join(isSpaced(names) ? " " : "")}</span>
            ))}
          </p>
          <h4>{t("lab.impact.tree")}</h4>
          <Arcs label={t("lab.impact.tree")} names={names} heads={heads} root={t("lab.impact.root")} />
        </div>
      </div>
    </>
  );
}

function isSpaced(names: readonly string[]): boolean {
  return !names.some((name) => /\p{Script=Han}/u.test(name));
}

export const impact = card(SWITCHES, Impact);
