import type { Expression } from "../../analysis/explain/expression";
import { type Term, terms } from "../../analysis/explain/terms";
import type { Explained } from "./useExplanation";

/** The parts of a number that is a sum (or the largest of a row), largest first; null where it is no sum. */
export function addends({ expression, lookup }: Explained): readonly Term[] | null {
  return isSum(expression) ? terms(expression, lookup) : null;
}

function isSum(expression: Expression): boolean {
  switch (expression.op) {
    case "dot":
    case "total":
    case "greatest":
    case "mean":
    case "meanSquare":
      return true;
    case "sum":
      return expression.of.every((part) => part.op === "cell" || part.op === "constant" || isSum(part));
    case "product":
      return (
        expression.of.length === 2 && expression.of[0]?.op === "constant" && expression.of[1]?.op === "dot"
      );
    case "unlessPadding":
      return isSum(expression.of);
    default:
      return false;
  }
}
