import { useId, useState } from "react";
import styles from "./NumberField.module.css";

interface Props {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  onChange(value: number): void;
}

/**
 * A native number input with its name. What is out of range, or not a number yet, is not passed on: it stands there while it is
 * typed, and gives way to the value when the field is left.
 */
export function NumberField({ label, value, min, max, step, onChange }: Props) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="number"
        min={min}
        max={max}
        step={step}
        value={typed ?? value}
        onBlur={() => setTyped(null)}
        onChange={(event) => {
          const { value: text, valueAsNumber: next } = event.currentTarget;
          setTyped(text);
          if (Number.isFinite(next) && next >= min && next <= max) onChange(next);
        }}
      />
    </div>
  );
}
