import { useMemo } from "react";
import { FIRST_SELECTION } from "../../store/selection";
import { type Comparison, compared } from "./comparison";
import type { SideState } from "./useSides";

/** The two sides over the same aligned tokens, or null until both are there. */
export function useComparison(a: SideState, b: SideState): Comparison | null {
  const isScaled = a.gathering !== b.gathering;
  const [stackA, placeA, stackB, placeB] = [
    a.where.stack,
    a.where.attention,
    b.where.stack,
    b.where.attention,
  ];
  return useMemo(() => {
    if (a.trace === null || b.trace === null || a.matrix === null || b.matrix === null) return null;
    const whereA = { ...FIRST_SELECTION, stack: stackA, attention: placeA };
    const whereB = { ...FIRST_SELECTION, stack: stackB, attention: placeB };
    return compared(
      { trace: a.trace, where: whereA, matrix: a.matrix },
      { trace: b.trace, where: whereB, matrix: b.matrix },
      isScaled,
    );
  }, [a.trace, a.matrix, stackA, placeA, b.trace, b.matrix, stackB, placeB, isScaled]);
}
