import { Fragment, type ReactNode } from "react";
import { evaluate } from "../../analysis/explain/evaluate";
import type { Expression } from "../../analysis/explain/expression";
import type { Lookup } from "../../analysis/explain/lookup";
import { Equation } from "../../components/Equation";
import { number } from "../../viz/format";
import styles from "./Cell.module.css";

interface Props {
  /** Accessible name. */
  label: string;
  expression: Expression;
  lookup: Lookup;
  value: number;
}

/** The formula of one number with the very numbers that went into it. Long sums stand as their result: their terms are listed. */
export function Worked({ label, expression, lookup, value }: Props) {
  if (isPlain(expression)) return null;
  return (
    <p className={styles.worked}>
      <Equation label={label}>
        {drawn(expression, lookup)}
        <mo>=</mo>
        <mn className={styles.value}>{number(value)}</mn>
      </Equation>
    </p>
  );
}

function drawn(expression: Expression, lookup: Lookup): ReactNode {
  switch (expression.op) {
    case "sum":
      return expression.of.length > MOST ? plain(expression, lookup) : joined(expression.of, "+", lookup);
    case "product":
      return joined(expression.of, "×", lookup);
    case "difference":
      return joined(expression.of, "−", lookup);
    case "quotient":
      return (
        <mfrac>
          {drawn(expression.of[0], lookup)}
          {drawn(expression.of[1], lookup)}
        </mfrac>
      );
    case "exp":
      return (
        <msup>
          <mi>e</mi>
          <mrow>{drawn(expression.of, lookup)}</mrow>
        </msup>
      );
    case "sqrt":
      return <msqrt>{drawn(expression.of, lookup)}</msqrt>;
    case "sin":
    case "cos":
      return applied(expression.op, expression.of, lookup);
    case "activation":
      return applied(expression.kind.replace("_tanh", ""), expression.of, lookup);
    case "unlessPadding":
      return drawn(lookup.isPadding(expression.key) ? expression.otherwise : expression.of, lookup);
    default:
      return plain(expression, lookup);
  }
}

/** Sums of more parts than this stand as one number. */
const MOST = 4;

/** Whether nothing would be drawn but the result itself. */
function isPlain(expression: Expression): boolean {
  const known = ["cell", "constant", "dot", "total", "greatest", "mean", "meanSquare"];
  return known.includes(expression.op) || (expression.op === "sum" && expression.of.length > MOST);
}

function plain(expression: Expression, lookup: Lookup): ReactNode {
  return <mn>{number(evaluate(expression, lookup))}</mn>;
}

function applied(name: string, of: Expression, lookup: Lookup): ReactNode {
  return (
    <mrow>
      <mi>{name}</mi>
      <mo>(</mo>
      {drawn(of, lookup)}
      <mo>)</mo>
    </mrow>
  );
}

/** Parts with a sign between them; what is negative or a sum itself stands in parentheses behind the sign. */
function joined(parts: readonly Expression[], sign: string, lookup: Lookup): ReactNode {
  return (
    <mrow>
      {parts.map((part, at) => {
        const needs = at > 0 && (evaluate(part, lookup) < 0 || part.op === "sum" || part.op === "difference");
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one formula never change places
          <Fragment key={at}>
            {at > 0 && <mo>{sign}</mo>}
            {needs && <mo>(</mo>}
            {drawn(part, lookup)}
            {needs && <mo>)</mo>}
          </Fragment>
        );
      })}
    </mrow>
  );
}
