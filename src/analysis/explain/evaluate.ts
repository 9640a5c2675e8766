import { activation } from "../../engine/kernels/activations";
import type { Expression, Reference } from "./expression";
import { type Lookup, read } from "./lookup";

/**
 * The number of an expression, in double precision. Two conventions keep masked cells finite: −∞ less anything is −∞
 * (so its exponential is 0), and 0/0 is 0 (a row that sees no key is a row of zeros).
 */
export function evaluate(expression: Expression, lookup: Lookup): number {
  const number = (each: Expression) => evaluate(each, lookup);
  const vector = (of: Reference) => read(of, lookup);
  switch (expression.op) {
    case "constant":
      return expression.value;
    case "cell":
      return vector(expression.of)[0] ?? Number.NaN;
    case "sum":
      return expression.of.reduce((total, each) => total + number(each), 0);
    case "product":
      return expression.of.reduce((total, each) => total * number(each), 1);
    case "difference":
      return less(number(expression.of[0]), number(expression.of[1]));
    case "quotient":
      return ratio(number(expression.of[0]), number(expression.of[1]));
    case "exp":
    case "sqrt":
    case "sin":
    case "cos":
      return Math[expression.op](number(expression.of));
    case "activation":
      return activation(expression.kind)(number(expression.of));
    case "dot":
      return dotProduct(vector(expression.left), vector(expression.right));
    case "total":
      return total(vector(expression.of));
    case "mean": {
      const values = vector(expression.of);
      return total(values) / values.length;
    }
    case "greatest":
      return Array.from(vector(expression.of)).reduce((most, each) => Math.max(most, each), -Infinity);
    case "meanSquare": {
      const about = expression.about === null ? 0 : number(expression.about);
      const values = Array.from(vector(expression.of));
      return values.reduce((sum, each) => sum + (each - about) ** 2, 0) / values.length;
    }
    case "unlessPadding":
      return number(lookup.isPadding(expression.key) ? expression.otherwise : expression.of);
    default:
      return expression satisfies never;
  }
}

function less(from: number, taken: number): number {
  return from === -Infinity ? -Infinity : from - taken;
}

function ratio(top: number, bottom: number): number {
  return top === 0 && bottom === 0 ? 0 : top / bottom;
}

function total(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at] ?? 0;
  return sum;
}

function dotProduct(left: ArrayLike<number>, right: ArrayLike<number>): number {
  if (left.length !== right.length) {
    throw new RangeError(`a dot product of ${left.length} and ${right.length} numbers`);
  }
  let sum = 0;
  for (let at = 0; at < left.length; at++) sum += (left[at] ?? 0) * (right[at] ?? 0);
  return sum;
}
