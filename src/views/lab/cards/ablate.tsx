import { useMemo } from "react";
import { logitsAt } from "../../../analysis/distribution";
import { inTurn } from "../../../analysis/experiments/experiment";
import { headPlaces } from "../../../components/HeadPicker";
import type { Edit } from "../../../engine/edits";
import type { Trace } from "../../../engine/trace";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { useSession, useSessionStore } from "../../../store/SessionContext";
import { number, percent } from "../../../viz/format";
import { card, type FigureProps } from "../card";
import { BeforeAfter } from "../parts/BeforeAfter";
import { ManyPasses } from "../parts/ManyPasses";
import { Notice } from "../parts/Notice";
import { outputShift } from "../parts/OutputChange";
import parts from "../parts/Parts.module.css";
import { PassNote } from "../parts/PassNote";
import { RunsOn } from "../parts/RunsOn";
import { SquareMatrix } from "../parts/SquareMatrix";
import { useExperiment } from "../useExperiment";
import { useLive, usePass } from "../usePass";

const SWITCHES = {
  part: {
    kind: "choice",
    label: "lab.ablate.part",
    options: {
      head: "lab.ablate.part.head",
      attn: "lab.ablate.part.attn",
      mlp: "lab.ablate.part.mlp",
      none: "lab.ablate.part.none",
    },
    rest: "head",
  },
} as const;

/** A head that moves the answer by less than this, in bits, is spare. */
const SPARE = 0.01;

function Ablate({ values: { part } }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const before = useLive();
  const { stack, attention, layer, head, query } = useSession((session) => session.selection);
  const request = useMemo(() => {
    const block = `${stack}.${layer}`;
    const edits: readonly Edit[] =
      part === "none"
        ? []
        : part === "mlp"
          ? [{ kind: "ablate", block, part }]
          : [{ kind: "ablate", block, part: attention, ...(part === "head" && { head }) }];
    return { edits };
  }, [part, stack, attention, layer, head]);
  const pass = usePass(request);
  if (before === null) return <p className={parts.waiting}>{t("lab.waiting")}</p>;
  const bits = pass.trace === null ? null : outputShift(before, pass.trace, query);
  return (
    <>
      {pass.trace !== null && bits !== null && (
        <Notice>
          <T
            id="lab.ablate.say"
            components={{
              bits: <b data-fact="bits">{number(bits)}</b>,
              same: <b>{percent(sameAnswers(before, pass.trace))}</b>,
            }}
          />
        </Notice>
      )}
      <PassNote pass={pass} />
      <BeforeAfter before={before} after={pass.trace} />
      <EachHead before={before} />
      <RunsOn of="own" />
    </>
  );
}

/** The share of positions whose likeliest outcome is the same in both. */
function sameAnswers(before: Trace, after: Trace): number {
  const from = before.sites.logits;
  const to = after.sites.logits;
  const rows = from?.shape[0] ?? 0;
  if (from === undefined || to === undefined || rows === 0) return Number.NaN;
  const best = (row: Float32Array) => row.reduce((top, value, at) => (value > (row[top] ?? 0) ? at : top), 0);
  const same = Array.from(
    { length: rows },
    (_, row) => best(logitsAt(from, row)) === best(logitsAt(to, row)),
  );
  return same.filter(Boolean).length / rows;
}

/** Every head of the stack taken out in turn, and how far the answer moves each time. */
function EachHead({ before }: { before: Trace }) {
  const t = useT();
  const store = useSessionStore();
  const { stack: name, query } = useSession((session) => session.selection);
  const stack = before.spec.stacks.find((each) => each.name === name);
  const places = stack === undefined ? [] : headPlaces(stack).filter(({ attention }) => attention === "attn");
  const input = useSession(({ runs }) => runs[0]?.input ?? null);
  const experiment = useExperiment(async (run, watch) => {
    if (input === null) throw new Error("there is no input");
    return inTurn(places, watch, async ({ layer, head }) => {
      const sites = await run(input, [{ kind: "ablate", block: `${name}.${layer}`, part: "attn", head }]);
      return outputShift(before, { ...before, ...sites }, query) ?? 0;
    });
  }, `${name} ${query}`);
  const { result } = experiment;
  const heads = Math.max(...places.map(({ head }) => head + 1));
  const most = result?.reduce((top, bits, at) => (bits > (result[top] ?? 0) ? at : top), 0) ?? 0;
  const place = places[most];
  return (
    <div className={parts.section} data-spare={2}>
      <ManyPasses experiment={experiment} name={t("lab.ablate.each")} disabled={input === null} />
      {result !== null && place !== undefined && (
        <>
          <Notice>
            <T
              id="lab.ablate.each.say"
              values={{ spare: result.filter((bits) => bits < SPARE).length, heads: result.length }}
              components={{
                head: <b>{`L${place.layer}H${place.head}`}</b>,
                bits: <b>{number(result[most] ?? 0)}</b>,
              }}
            />
          </Notice>
          <SquareMatrix
            name={t("lab.ablate.grid")}
            data={Float32Array.from(result)}
            labels={[...new Set(places.map(({ layer }) => t("lab.ablate.layer", { layer })))]}
            columns={Array.from({ length: heads }, (_, head) => t("lab.ablate.headColumn", { head }))}
            kind="sequential"
            onCell={({ row, column }) => store.getState().select({ layer: row, head: column })}
          />
        </>
      )}
    </div>
  );
}

export const ablate = card(SWITCHES, Ablate);
