import { useMemo } from "react";
import {
  attentive,
  convolutional,
  convolutionLayers,
  jacobianNorms,
  recurrent,
} from "../../../analysis/experiments/sequenceModels";
import { row } from "../../../analysis/matrix";
import { Curves } from "../../../components/Curves";
import { TokenAt } from "../../../components/TokenAt";
import { stackPrefix } from "../../../engine/sites";
import type { Trace } from "../../../engine/trace";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { useLooked } from "../../../store/SessionContext";
import { count, number } from "../../../viz/format";
import { tokenText } from "../../../viz/tokenText";
import { card, type FigureProps } from "../card";
import { FactTable } from "../parts/FactTable";
import { Notice } from "../parts/Notice";
import parts from "../parts/Parts.module.css";
import { RunsOn } from "../parts/RunsOn";
import { useLive } from "../usePass";

const SWITCHES = {
  kernel: { kind: "number", label: "lab.paths.kernel", min: 2, max: 7, step: 1, rest: 3 },
  dilated: {
    kind: "choice",
    label: "lab.paths.dilated",
    options: { no: "lab.no", yes: "lab.yes" },
    rest: "no",
  },
  seed: { kind: "number", label: "lab.seed", min: 1, max: 20, step: 1, rest: 1 },
} as const;

/** Width of the states that are computed here, and the longest text that they are computed for. */
const WIDTH = 12;
const MOST = 48;

function Paths({ values: { kernel, dilated, seed } }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const live = useLive();
  const { query, key } = useLooked();
  const words = useMemo(() => live && embeddings(live), [live]);
  const isDilated = dilated === "yes";
  const grads = useMemo(() => {
    if (words === null || words.length === 0) return null;
    const options = { width: WIDTH, seed };
    return {
      rnn: shares(jacobianNorms(recurrent(words, options))),
      cnn: shares(jacobianNorms(convolutional(words, { ...options, kernel, dilated: isDilated }))),
      attention: shares(jacobianNorms(attentive(words, options))),
    };
  }, [words, kernel, isDilated, seed]);
  if (live === null || words === null || grads === null)
    return <p className={parts.waiting}>{t("lab.waiting")}</p>;
  const n = live.tokens.length;
  const d = live.spec.stacks[0]?.dModel ?? 1;
  const apart = Math.abs(query - key);
  const layers = convolutionLayers(apart + 1, kernel, isDilated);
  const token = (at: number, as: "query" | "key") => <TokenAt tokens={live.tokens} at={at} as={as} />;
  const columns = [
    "RNN",
    t(isDilated ? "lab.paths.cnn.dilated" : "lab.paths.cnn", { kernel }),
    t("lab.paths.attention"),
  ];
  return (
    <>
      <Notice>
        <T
          id="lab.paths.say"
          values={{ apart, layers: apart === 0 ? 0 : layers, kernel }}
          components={{
            query: token(query, "query"),
            key: token(key, "key"),
            rnn: <b data-fact="rnn">{number(grads.rnn[0] ?? 0)}</b>,
            attention: <b data-fact="attention">{number(grads.attention[0] ?? 0)}</b>,
          }}
        />
      </Notice>
      <div className={parts.beside}>
        <div>
          <h4>{t("lab.paths.curve")}</h4>
          <Curves
            label={t("lab.paths.curve")}
            curves={[
              { id: "rnn", name: "RNN", values: grads.rnn },
              { id: "cnn", name: columns[1] ?? "", values: grads.cnn },
              { id: "attention", name: t("lab.paths.attention"), values: grads.attention },
            ]}
            ends={[
              tokenText(live.tokens[0]?.text ?? ""),
              tokenText(live.tokens[words.length - 1]?.text ?? ""),
            ]}
            at={Math.min(key, words.length - 1)}
          />
        </div>
        <FactTable
          label={t("lab.facts")}
          columns={columns}
          facts={[
            {
              name: t("lab.paths.path"),
              values: [String(apart), apart === 0 ? "0" : String(layers), apart === 0 ? "0" : "1"],
            },
            {
              name: t("lab.paths.whole", { n }),
              values: [String(n - 1), String(convolutionLayers(n, kernel, isDilated)), "1"],
            },
            { name: t("lab.paths.steps"), values: [String(n), "1", "1"] },
            {
              name: t("lab.paths.cost", { n, d }),
              values: [count(n * d * d), count(kernel * n * d * d), count(n * n * d)],
            },
            { name: t("lab.paths.formula"), values: ["n·d²", "k·n·d²", "n²·d"] },
          ]}
        />
      </div>
      <p className={parts.rowName}>{t("lab.paths.claim")}</p>
      {n > MOST && <p className={parts.rowName}>{t("lab.paths.first", { most: MOST })}</p>}
      <RunsOn of="random" name={String(seed)} />
    </>
  );
}

/** The tokens' own vectors, each scaled to a mean square of one. [pos][d_model] */
function embeddings(trace: Trace): readonly Float64Array[] | null {
  const name = trace.spec.stacks[0]?.name ?? "blocks";
  const tensor = trace.sites[`${stackPrefix(name)}hook_embed` as keyof Trace["sites"]];
  if (tensor === undefined) return null;
  return Array.from({ length: Math.min(MOST, tensor.shape[0] ?? 0) }, (_, at) => {
    const vector = Float64Array.from(row(tensor, at));
    const size = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0) / vector.length) || 1;
    return vector.map((value) => value / size);
  });
}

/** Numbers as multiples of the largest, so that three models are told apart by their shape. */
function shares(norms: Float32Array): Float32Array {
  const most = Math.max(...norms) || 1;
  return norms.map((norm) => norm / most);
}

export const paths = card(SWITCHES, Paths);
