import { useMemo } from "react";
import { TokenAt } from "../../../components/TokenAt";
import type { Edit } from "../../../engine/edits";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { useSession } from "../../../store/SessionContext";
import { number, percent } from "../../../viz/format";
import { siteName, tokensAlong } from "../../../viz/siteView";
import { card, type FigureProps } from "../card";
import { BeforeAfter, patternsOf } from "../parts/BeforeAfter";
import { Notice } from "../parts/Notice";
import { outputShift } from "../parts/OutputChange";
import parts from "../parts/Parts.module.css";
import { PassNote } from "../parts/PassNote";
import { RunsOn } from "../parts/RunsOn";
import { useLive, usePass } from "../usePass";

const SWITCHES = {
  how: {
    kind: "choice",
    label: "lab.edge.how",
    options: { cut: "lab.edge.how.cut", drop: "lab.edge.how.drop", score: "lab.edge.how.score" },
    rest: "cut",
  },
  score: { kind: "number", label: "lab.edge.score", min: -10, max: 10, step: 0.5, rest: 5 },
} as const;

function Edge({ values: { how, score } }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const before = useLive();
  const selection = useSession((session) => session.selection);
  const { stack, attention, layer, head, query, key } = selection;
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the selection these alone name the edge
  const request = useMemo(() => {
    const at = { head, query, key };
    const edit: Edit =
      how === "score"
        ? { kind: "set", site: siteName(selection, "attn.hook_attn_scores"), at, value: score }
        : { kind: "cut", site: siteName(selection, "attn.hook_pattern"), at, renormalise: how === "cut" };
    return { edits: [edit] };
  }, [how, score, stack, attention, layer, head, query, key]);
  const pass = usePass(request);
  if (before === null) return <p className={parts.waiting}>{t("lab.waiting")}</p>;
  const pair = patternsOf(before, pass.trace, selection);
  const keys = tokensAlong("key_pos", before, selection);
  const tokens = {
    query: <TokenAt tokens={tokensAlong("query_pos", before, selection)} at={query} as="query" />,
    key: <TokenAt tokens={keys} at={key} as="key" />,
  };
  const start = query * keys.length;
  const own = pair?.before[start + key] ?? 0;
  const sum =
    pair?.after.subarray(start, start + keys.length).reduce((total, share) => total + share, 0) ?? 0;
  return (
    <>
      <Notice>
        {pair !== null && pass.trace !== null && (own > 0 || how === "score") ? (
          <T
            id="lab.edge.say"
            components={{
              ...tokens,
              before: <b data-fact="before">{percent(own)}</b>,
              after: <b data-fact="after">{percent(pair.after[start + key] ?? 0)}</b>,
              sum: <b data-fact="sum">{number(sum)}</b>,
              bits: <b>{number(outputShift(before, pass.trace, query) ?? 0)}</b>,
            }}
          />
        ) : (
          pair !== null && <T id="lab.edge.hidden" components={tokens} />
        )}
      </Notice>
      <p className={parts.rowName}>{t("lab.edge.hint")}</p>
      <PassNote pass={pass} />
      <BeforeAfter before={before} after={pass.trace} />
      <RunsOn of="own" />
    </>
  );
}

export const edge = card(SWITCHES, Edge);
