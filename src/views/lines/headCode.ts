import type { Translate } from "../../i18n/translator";

/** A head as it is called: "L1H5". */
export function headCode(t: Translate, { layer, head }: { layer: number; head: number }): string {
  return t("lines.code", { layer, head });
}
