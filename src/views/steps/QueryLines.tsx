import { SightLines } from "../../components/SightLines";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { useSessionStore } from "../../store/SessionContext";
import type { Selection } from "../../store/selection";
import { percent } from "../../viz/format";
import { rowOf } from "../../viz/siteView";
import { useLookedPattern } from "./useLookedPattern";

/** The sight-lines of the looked query: the same row of the pattern that the matrix shows. */
export function QueryLines({ trace, looked }: { trace: Trace; looked: Selection }) {
  const t = useT();
  const store = useSessionStore();
  const made = useLookedPattern(trace, looked);
  if (made === null) return null;
  const { queries, keys, pattern } = made;
  const row = rowOf(pattern, looked.query);
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
