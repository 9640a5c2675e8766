import { ErrorNote } from "../../../components/ErrorNote";
import { useT } from "../../../i18n/I18n";
import type { PassState } from "../usePass";

/** Why a changed pass did not come, in plain words; nothing where it did. */
export function PassNote({ pass: { error } }: { pass: Pick<PassState, "error"> }) {
  const t = useT();
  if (error === null) return null;
  return <ErrorNote detail={error.message}>{t("lab.failed")}</ErrorNote>;
}
