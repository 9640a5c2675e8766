import { type Edit, valuesAt } from "../engine/edits";
import type { Tensor } from "../engine/tensor";
import type { AskedEdit, Input } from "./engine";

/** The edits with what they borrow from runs of other texts put in as values; `siteOf` is a site of an unedited run. */
export function borrowed(
  edits: readonly AskedEdit[],
  siteOf: (input: Input, site: string) => Tensor,
): readonly Edit[] {
  return edits.map((edit): Edit => {
    if (edit.kind !== "borrow") return edit;
    const { site, at, from } = edit;
    const { at: there = at, ...input } = from;
    const values = valuesAt(siteOf(input, site), site, there);
    return { kind: "patch", site, ...(at && { at }), values };
  });
}
