import { HeadSightLines } from "../../components/HeadSightLines";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { useSessionStore } from "../../store/SessionContext";
import type { Selection } from "../../store/selection";
import { useNeed } from "../../store/useNeed";
import { headTensorAt, matrixAt, siteName, tokensAlong } from "../../viz/siteView";
import { tokenText } from "../../viz/tokenText";

const PATTERN = "attn.hook_pattern";

/** All sight-lines of the head at once; those of the looked query stand out. */
export function HeadLines({ trace, looked }: { trace: Trace; looked: Selection }) {
  const t = useT();
  const store = useSessionStore();
  const tensor = headTensorAt(trace, looked, PATTERN);
  useNeed([{ site: siteName(looked, PATTERN), head: looked.head }]);
  if (tensor === null) return null;
  return (
    <HeadSightLines
      label={t("steps.lines.all")}
      queries={tokensAlong("query_pos", trace, looked).map((token) => tokenText(token.text))}
      keys={tokensAlong("key_pos", trace, looked).map((token) => tokenText(token.text))}
      pattern={matrixAt(tensor, trace, looked)}
      query={looked.query}
      onLook={(place) => store.getState().look(place)}
      onLock={(place) => store.getState().lock(place)}
    />
  );
}
