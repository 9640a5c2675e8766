import { HeadSightLines } from "../../components/HeadSightLines";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { useSessionStore } from "../../store/SessionContext";
import type { Selection } from "../../store/selection";
import { headTensorAt, matrixAt, tokensAlong } from "../../viz/siteView";
import { tokenText } from "../../viz/tokenText";

/** All sight-lines of the head at once; those of the looked query stand out. */
export function HeadLines({
  trace,
  selection,
  looked,
}: {
  trace: Trace;
  selection: Selection;
  looked: Selection;
}) {
  const t = useT();
  const store = useSessionStore();
  const tensor = headTensorAt(trace, selection, "attn.hook_pattern");
  if (tensor === null) return null;
  return (
    <HeadSightLines
      label={t("steps.lines.all")}
      queries={tokensAlong("query_pos", trace, selection).map((token) => tokenText(token.text))}
      keys={tokensAlong("key_pos", trace, selection).map((token) => tokenText(token.text))}
      pattern={matrixAt(tensor, trace, selection)}
      query={looked.query}
      onLook={(place) => store.getState().look(place)}
      onLock={(place) => store.getState().lock(place)}
    />
  );
}
