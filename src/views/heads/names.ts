import type { AttentionPlace } from "../../engine/sites";
import type { StackName } from "../../engine/spec";
import type { Translate } from "../../i18n/translator";
import type { HeadKind } from "./headOrder";

interface Layer {
  readonly stack: StackName;
  readonly attention: AttentionPlace;
  readonly layer: number;
}

/** "encoder", "decoder", "cross" or, where a model has one stack, "blocks". */
export function kindOf({ stack, attention }: Layer): "blocks" | "encoder" | "decoder" | "cross" {
  return attention === "cross_attn" ? "cross" : stack;
}

/** "L0", or with the stack's initial where there are two: "E0", "D0", "C0". */
export function layerCode(t: Translate, row: Layer): string {
  return t(`heads.code.${kindOf(row)}`, { layer: row.layer });
}

/** "L0H3" */
export function headCode(t: Translate, row: Layer, head: number): string {
  return t("heads.code.head", { layer: layerCode(t, row), head });
}

/** "Layer 0, head 3" */
export function headName(t: Translate, row: Layer, head: number): string {
  return t(`heads.name.${kindOf(row)}`, { layer: row.layer, head });
}

/** What a head does, in words. */
export function kindName(t: Translate, kind: HeadKind): string {
  return kind === "mixed" ? t("heads.only.mixed") : t(`heads.label.${kind}`);
}
