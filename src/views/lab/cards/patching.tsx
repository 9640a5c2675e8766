import { useId, useMemo } from "react";
import { log2Softmax } from "../../../analysis/distribution";
import { patchOf } from "../../../analysis/experiments/activationPatching";
import { inTurn } from "../../../analysis/experiments/experiment";
import { readoutOf, readoutPosition } from "../../../analysis/readout";
import { TokenLabel } from "../../../components/TokenLabel";
import { stackPrefix } from "../../../engine/sites";
import type { Trace } from "../../../engine/trace";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import type { RunRequest } from "../../../store/answers";
import { useLooked, useSession, useSessionStore } from "../../../store/SessionContext";
import { useVocabulary } from "../../../store/useVocabulary";
import { percent } from "../../../viz/format";
import { tokenText } from "../../../viz/tokenText";
import { card, type FigureProps } from "../card";
import { BeforeAfter } from "../parts/BeforeAfter";
import { ManyPasses } from "../parts/ManyPasses";
import { Notice } from "../parts/Notice";
import parts from "../parts/Parts.module.css";
import { PassNote } from "../parts/PassNote";
import { RunsOn } from "../parts/RunsOn";
import { SquareMatrix } from "../parts/SquareMatrix";
import { useExperiment } from "../useExperiment";
import { useLive, usePass } from "../usePass";

const SWITCHES = {
  part: {
    kind: "choice",
    label: "lab.patching.part",
    options: {
      stream: "lab.patching.part.stream",
      head: "lab.patching.part.head",
      all: "lab.patching.part.all",
    },
    rest: "stream",
  },
  other: { kind: "text", length: 300, rest: "" },
} as const;

/** One activation of another text's run, put into this one's. */
type Borrow = Extract<RunRequest["edits"][number], { kind: "borrow" }>;

function Patching({ values: { part, other }, set }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const id = useId();
  const live = useLive();
  const { stack, attention, layer, head, query } = useSession((session) => session.selection);
  const text = other === "" ? exchanged(live) : other;
  const clean = usePass(useMemo(() => (text === "" ? null : { input: { text }, edits: [] }), [text]));
  const fits = live !== null && clean.trace !== null && live.tokens.length === clean.trace.tokens.length;
  const request = useMemo(() => {
    if (!fits) return null;
    const from = { text };
    const edit: Borrow =
      part === "all"
        ? { kind: "borrow", site: `${stackPrefix(stack)}hook_full_embed`, from }
        : part === "head"
          ? { kind: "borrow", site: `${stack}.${layer}.${attention}.hook_z`, at: { head }, from }
          : { kind: "borrow", site: `${stack}.${layer}.hook_resid_post`, at: { query }, from };
    return { edits: [edit] };
  }, [fits, text, part, stack, attention, layer, head, query]);
  const pass = usePass(request);
  if (live === null) return <p className={parts.waiting}>{t("lab.waiting")}</p>;
  return (
    <>
      <div className={parts.field}>
        <label htmlFor={id}>{t("lab.patching.other")}</label>
        <input
          id={id}
          dir="auto"
          value={text}
          onChange={(event) => set({ other: event.currentTarget.value })}
        />
      </div>
      {clean.trace !== null && !fits && (
        <p role="alert" className={parts.wrong}>
          {t("lab.patching.lengths", { a: live.tokens.length, b: clean.trace.tokens.length })}
        </p>
      )}
      {fits && clean.trace !== null && pass.trace !== null && (
        <Restored live={live} clean={clean.trace} patched={pass.trace} query={query} />
      )}
      <PassNote pass={pass} />
      {fits && (
        <>
          <BeforeAfter before={live} after={pass.trace} />
          {clean.trace !== null && <Everywhere live={live} clean={clean.trace} text={text} />}
        </>
      )}
      <RunsOn of="own" />
    </>
  );
}

/** What a first look is compared with: the example sentence about its other noun. */
function exchanged(live: Trace | null): string {
  const text = live?.tokens.reduce((typed, token) => typed + token.text, "").trim() ?? "";
  return text.includes("animal") ? text.replace("animal", "street") : "";
}

interface Both {
  readonly live: Trace;
  readonly clean: Trace;
}

/** How much the clean run prefers its own best answer over that of this run, and where a patched run stands. */
function preference({ live, clean }: Both, query: number) {
  const position = readoutPosition(live, query);
  const best = (trace: Trace) => {
    const logits = readoutOf(trace, position)?.logits ?? new Float32Array();
    return logits.reduce((top, value, at) => (value > (logits[top] ?? 0) ? at : top), 0);
  };
  const [own, other] = [best(live), best(clean)];
  const of = (trace: Trace) => {
    const log2 = log2Softmax(readoutOf(trace, position)?.logits ?? new Float32Array());
    return (log2[other] ?? 0) - (log2[own] ?? 0);
  };
  return { own, other, restored: (patched: Trace) => (of(patched) - of(live)) / (of(clean) - of(live)) };
}

function Restored({ live, clean, patched, query }: Both & { patched: Trace; query: number }) {
  const vocabulary = useVocabulary();
  const { own, other, restored } = preference({ live, clean }, query);
  const name = (id: number) => (
    <TokenLabel text={vocabulary === null ? "…" : tokenText(vocabulary[id] ?? String(id))} />
  );
  return (
    <Notice>
      {own === other ? (
        <T id="lab.patching.same" components={{ own: name(own) }} />
      ) : (
        <T
          id="lab.patching.say"
          components={{
            own: name(own),
            other: name(other),
            restored: <b data-fact="restored">{percent(restored(patched))}</b>,
          }}
        />
      )}
    </Notice>
  );
}

/** The stream patched at every layer and position in turn: where the difference of the two sentences travels. */
function Everywhere({ live, clean, text }: Both & { text: string }) {
  const t = useT();
  const store = useSessionStore();
  const { stack, query } = useLooked();
  const layers = live.spec.stacks.find(({ name }) => name === stack)?.layers.length ?? 0;
  const input = useSession(({ runs }) => runs[0]?.input ?? null);
  const places = Array.from({ length: layers * live.tokens.length }, (_, at) => ({
    layer: Math.floor(at / live.tokens.length),
    position: at % live.tokens.length,
  }));
  const { restored, own, other } = preference({ live, clean }, query);
  const experiment = useExperiment(async (run, watch) => {
    if (input === null) throw new Error("there is no input");
    return inTurn(places, watch, async ({ layer, position }) => {
      const site = `${stack}.${layer}.hook_resid_post`;
      const { sites } = await run(input, [patchOf(clean, { site, query: position })]);
      return restored({ ...live, sites });
    });
  }, `${stack} ${query} ${text}`);
  if (own === other) return null;
  return (
    <div className={parts.section}>
      <ManyPasses experiment={experiment} name={t("lab.patching.each")} />
      {experiment.result !== null && (
        <SquareMatrix
          name={t("lab.patching.grid")}
          data={Float32Array.from(experiment.result)}
          labels={Array.from({ length: layers }, (_, layer) => t("lab.ablate.layer", { layer }))}
          columns={live.tokens.map((token) => tokenText(token.text))}
          kind="diverging"
          limit={1}
          onCell={({ row, column }) => store.getState().lock({ layer: row, query: column })}
        />
      )}
    </div>
  );
}

export const patching = card(SWITCHES, Patching);
