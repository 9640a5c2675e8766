import type { ReactNode } from "react";
import { Term } from "../../components/Term";
import { T } from "../../i18n/T";
import type { TermId } from "../../i18n/terms";

/** A word of the field, with what the glossary says of it. Without words of its own it says the term's name. */
export function LessonTerm({ id, children }: { id: TermId; children?: ReactNode }) {
  return <Term meaning={<T id={`terms.${id}.means`} />}>{children ?? <T id={`terms.${id}`} />}</Term>;
}
