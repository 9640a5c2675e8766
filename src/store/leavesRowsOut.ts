import type { Trace } from "../engine/trace";
import { isLargeVocabulary } from "../engine/weights";

/** Whether rows of logits are left out of the page's traces of a model until a view reads them. */
export function leavesRowsOut(trace: Trace): boolean {
  return isLargeVocabulary(trace.spec);
}
