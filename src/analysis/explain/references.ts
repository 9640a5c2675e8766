import type { Expression, FromInput, Reference } from "./expression";
import { fix, requestOf, type WeightRequest, weightKey } from "./lookup";

/** Every leaf of an expression that is read from somewhere, in reading order, each once. */
export function references(expression: Expression): readonly Reference[] {
  return [...new Map(leaves(expression).map((each) => [JSON.stringify(each), each])).values()];
}

/** The weights to fetch before an expression can be evaluated, each once; `input` answers what the input decides. */
export function needs(expression: Expression, input: (from: FromInput) => number): readonly WeightRequest[] {
  const requests = references(expression).flatMap((each) =>
    "weight" in each ? [requestOf(each.weight, fix(each.index, input))] : [],
  );
  return [...new Map(requests.map((request) => [weightKey(request), request])).values()];
}

function leaves(expression: Expression): readonly Reference[] {
  switch (expression.op) {
    case "constant":
      return [];
    case "sum":
    case "product":
    case "difference":
    case "quotient":
      return expression.of.flatMap(leaves);
    case "exp":
    case "sqrt":
    case "sin":
    case "cos":
    case "activation":
      return leaves(expression.of);
    case "dot":
      return [expression.left, expression.right];
    case "meanSquare":
      return [expression.of, ...(expression.about === null ? [] : leaves(expression.about))];
    case "unlessPadding":
      return [...leaves(expression.of), ...leaves(expression.otherwise)];
    case "cell":
    case "total":
    case "greatest":
    case "mean":
      return [expression.of];
    default:
      return expression satisfies never;
  }
}
