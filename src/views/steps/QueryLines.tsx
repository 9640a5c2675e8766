import { useMemo } from "react";
import { SightLines } from "../../components/SightLines";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { useSessionStore } from "../../store/SessionContext";
import { FIRST_SELECTION, type Selection } from "../../store/selection";
import { useNeed } from "../../store/useNeed";
import { percent } from "../../viz/format";
import { headTensorAt, matrixAt, rowOf, siteName, tokensAlong } from "../../viz/siteView";
import { tokenText } from "../../viz/tokenText";

const PATTERN = "attn.hook_pattern";

/** The sight-lines of the looked query: the same row of the pattern that the matrix shows. */
export function QueryLines({ trace, looked }: { trace: Trace; looked: Selection }) {
  const t = useT();
  const store = useSessionStore();
  const tensor = headTensorAt(trace, looked, PATTERN);
  const queries = useTexts("query_pos", trace, looked);
  const keys = useTexts("key_pos", trace, looked);
  useNeed([{ site: siteName(looked, PATTERN), head: looked.head }]);
  if (tensor === null) return null;
  const row = rowOf(matrixAt(tensor, trace, looked), looked.query);
  const most = row.reduce((best, share, key) => (share > (row[best] ?? 0) ? key : best), 0);
  return (
    <SightLines
      label={t("steps.lines.query", {
        query: queries[looked.query] ?? "",
        key: keys[most] ?? "",
        share: percent(row[most] ?? 0),
      })}
      queries={queries}
      keys={keys}
      row={row}
      query={looked.query}
      keyPosition={looked.key}
      onLook={(place) => store.getState().look(place)}
      onLock={(place) => store.getState().lock(place)}
    />
  );
}

/** What stands along an axis: the same while the pointer moves over one head's cells. */
function useTexts(
  axis: "query_pos" | "key_pos",
  trace: Trace,
  { stack, attention }: Selection,
): readonly string[] {
  return useMemo(
    () =>
      tokensAlong(axis, trace, { ...FIRST_SELECTION, stack, attention }).map((token) =>
        tokenText(token.text),
      ),
    [axis, trace, stack, attention],
  );
}
