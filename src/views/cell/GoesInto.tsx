import { useMemo } from "react";
import { usedBy } from "../../analysis/explain/explain";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import type { Focus } from "./focus";
import { Places } from "./Places";

/** Where the number goes next. */
export function GoesInto({ trace, focus }: { trace: Trace; focus: Focus }) {
  const t = useT();
  const { site, index } = focus;
  const axes = index.length;
  // Which sites read a site is the same for all its cells.
  const sites = useMemo(() => {
    const readers = usedBy(trace.spec, site, new Array<number>(axes).fill(0));
    return [...new Set(readers.map((each) => each.site))];
  }, [trace.spec, site, axes]);
  return <Places title={t("cell.next")} sites={sites} />;
}
