import { useT } from "../../i18n/I18n";
import type { Failure } from "../../store/run";
import { failureValues } from "./failureValues";

/** An expected failure in the reader's language. */
export function FailureText({ failure }: { failure: Failure }) {
  const t = useT();
  return t(`errors.${failure.code}`, failureValues(failure));
}
