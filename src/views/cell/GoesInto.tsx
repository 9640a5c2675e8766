import { memo, useMemo } from "react";
import { usedBy } from "../../analysis/explain/explain";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { Places } from "./Places";

interface Props {
  trace: Trace;
  site: string;
  /** How many indices a number of that site has. */
  axes: number;
}

/** Where the number goes next. */
export const GoesInto = memo(function GoesInto({ trace, site, axes }: Props) {
  const t = useT();
  // Which sites read a site is the same for all its cells.
  const sites = useMemo(() => {
    const readers = usedBy(trace.spec, site, new Array<number>(axes).fill(0));
    return [...new Set(readers.map((each) => each.site))];
  }, [trace.spec, site, axes]);
  return <Places title={t("cell.next")} sites={sites} />;
});
