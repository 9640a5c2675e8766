import { usedBy } from "../../analysis/explain/explain";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import type { Focus } from "./focus";
import { Places } from "./Places";

/** Where the number goes next. */
export function GoesInto({ trace, focus }: { trace: Trace; focus: Focus }) {
  const t = useT();
  const readers = usedBy(trace.spec, focus.site, focus.index).map((each) => each.site);
  return <Places title={t("cell.next")} sites={[...new Set(readers)]} />;
}
