import type { HeadFacts } from "../../analysis/heads/headFacts";
import { LABELS, type Label } from "../../analysis/heads/labels";
import type { Options } from "../../store/options";

/** What a list of heads can be narrowed to: those of one label, or those that have none. */
export type HeadKind = Label | "mixed";

/** What a head is counted under. */
export function kindOfHead({ label }: HeadFacts): HeadKind {
  return label?.label ?? "mixed";
}

/** The kinds that occur, with how many heads each has, in the order of the labels. */
export function kindsOf(
  facts: readonly HeadFacts[],
): readonly { readonly kind: HeadKind; readonly count: number }[] {
  const kinds: readonly HeadKind[] = [...(Object.keys(LABELS) as Label[]), "mixed"];
  return kinds
    .map((kind) => ({ kind, count: facts.filter((fact) => kindOfHead(fact) === kind).length }))
    .filter(({ count }) => count > 0);
}

/** Whether a head is among those that the reader wants to see. */
export function isWanted(fact: HeadFacts, only: string): boolean {
  return only === "all" || kindOfHead(fact) === only;
}

/** The heads in the order that was asked for. */
export function inOrder(facts: readonly HeadFacts[], sort: Options["headSort"]): readonly HeadFacts[] {
  switch (sort) {
    case "clearest":
      return facts.toSorted((a, b) => clarity(b) - clarity(a));
    case "narrow":
      return facts.toSorted((a, b) => a.effectiveKeys - b.effectiveKeys);
    case "wide":
      return facts.toSorted((a, b) => b.effectiveKeys - a.effectiveKeys);
    case "place":
      return facts;
    default:
      return sort satisfies never;
  }
}

/** Particular labels before broad descriptions, by score; then the heads without a name. */
function clarity({ label }: HeadFacts): number {
  if (label === null) return -1;
  return label.score + (LABELS[label.label].general ? 0 : 1);
}
