import type { Translate } from "../../i18n/translator";
import type { AttentionKind, DrawnHead } from "./places";

/** A head as it is called everywhere: "L1H5", and where a model has several attentions "E1H5", "D1H5", "C1H5". */
export function headCode(
  t: Translate,
  { stack, attention }: AttentionKind,
  { layer, head }: Pick<DrawnHead, "layer" | "head">,
): string {
  const kind = attention === "cross_attn" ? "cross" : stack;
  return t("heads.code.head", { layer: t(`heads.code.${kind}`, { layer }), head });
}
