import { useT } from "../i18n/I18n";
import { CheckBox } from "./CheckBox";

/** Draws attention with its keys down and its queries across, as texts with column vectors do. */
export function TransposeBox({ checked, onChange }: { checked: boolean; onChange(checked: boolean): void }) {
  const t = useT();
  return (
    <CheckBox checked={checked} onChange={onChange}>
      {t("steps.transpose")}
    </CheckBox>
  );
}
