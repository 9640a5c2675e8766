import { useMemo } from "react";
import type { GridProps } from "../../components/gridProps";
import type { Cell } from "../../components/matrixFigure";
import { siteTitle } from "../../components/siteTitle";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { useSessionStore } from "../../store/SessionContext";
import { FIRST_SELECTION, type Selection } from "../../store/selection";
import { useNeed } from "../../store/useNeed";
import { headTensorAt, siteName } from "../../viz/siteView";
import { siteFigure } from "./figures";

/**
 * All that a drawing of a site needs: its matrix for the chosen head, where the reader is in it, and what pointing,
 * clicking and arrow keys do. Null where the trace does not hold the site.
 */
export function useSiteFigure(
  site: string,
  trace: Trace,
  selection: Selection,
  looked: Selection,
): GridProps | null {
  const t = useT();
  const store = useSessionStore();
  const { stack, attention, layer, head } = looked;
  useNeed([{ site: siteName(looked, site), head }]);
  const made = useMemo(() => {
    const place = { ...FIRST_SELECTION, stack, attention, layer, head };
    const tensor = headTensorAt(trace, place, site);
    return tensor === null ? null : siteFigure(site, tensor, trace, place, t);
  }, [site, trace, stack, attention, layer, head, t]);
  // What does not change under the pointer stays the same object, so that it is not drawn again.
  const still = useMemo(() => {
    if (made === null) return null;
    const { figure, cellOf, selectionOf } = made;
    return {
      label: siteTitle(t, site, selection),
      figure,
      selected: cellOf(selection),
      onLook: (cell: Cell | null) => store.getState().look(cell && { ...selectionOf(cell), site }),
      onLock: (cell: Cell) => store.getState().lock({ ...selectionOf(cell), site }),
      onMove: (cell: Cell) => store.getState().select({ ...selectionOf(cell), site }),
    };
  }, [made, selection, site, store, t]);
  return made === null || still === null ? null : { ...still, looked: made.cellOf(looked) };
}
