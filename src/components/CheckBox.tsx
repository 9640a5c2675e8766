import type { ReactNode } from "react";
import styles from "./CheckBox.module.css";

interface Props {
  checked: boolean;
  onChange(checked: boolean): void;
  disabled?: boolean;
  children: ReactNode;
}

/** A native checkbox with its words. */
export function CheckBox({ checked, onChange, disabled = false, children }: Props) {
  return (
    <label className={styles.label}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {children}
    </label>
  );
}
