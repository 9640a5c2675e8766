import type { ReactNode } from "react";
import styles from "./Equation.module.css";

/** What a letter of a formula stands for; it has the colour that this has everywhere. */
export type Role = "query" | "key" | "value" | "attention" | "plain";

/** A formula in MathML. `label` says it in words for readers that do not speak MathML. */
export function Equation({ label, children }: { label: string; children: ReactNode }) {
  return (
    <math display="inline" aria-label={label} className={styles.equation}>
      {children}
    </math>
  );
}

/** A letter, with an optional subscript. */
export function Letter({ as = "plain", of, children }: { as?: Role; of?: ReactNode; children: ReactNode }) {
  const letter = <mi className={styles[as]}>{children}</mi>;
  if (of === undefined) return letter;
  return (
    <msub>
      {letter}
      <mrow className={styles[as]}>{typeof of === "string" ? <mi>{of}</mi> : of}</mrow>
    </msub>
  );
}

/** A transposed matrix. */
export function Transposed({ children }: { children: ReactNode }) {
  return (
    <msup>
      {children}
      <mo>⊤</mo>
    </msup>
  );
}

/** A named function and its argument in parentheses. */
export function Apply({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <mrow>
      {typeof name === "string" ? <mi>{name}</mi> : name}
      <mo stretchy="true">(</mo>
      {children}
      <mo stretchy="true">)</mo>
    </mrow>
  );
}

/** left = right */
export function Equals({ left, children }: { left: ReactNode; children: ReactNode }) {
  return (
    <mrow>
      {left}
      <mo>=</mo>
      {children}
    </mrow>
  );
}
