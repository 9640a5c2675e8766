import { evaluate } from "./evaluate";
import type { Expression, Reference } from "./expression";
import { type Lookup, read } from "./lookup";

/** One contribution to a number. */
export interface Term {
  readonly value: number;
  /** Entry along the open axis of the vectors that were read, or null for a part that is no entry of a vector. */
  readonly at: number | null;
  /** The numbers that were multiplied (or summed: one factor), and where each stands. */
  readonly factors: readonly { readonly value: number; readonly of: Reference }[];
  /** The part itself, where it is not an entry of a vector: a bias, one head's share, a constant. */
  readonly part: Expression | null;
}

/**
 * What a number was made of, largest magnitude first: the products of a dot product, the entries of a row, or the parts
 * of a sum. A sum of one dot product and small parts (a bias) gives the products and those parts in one list; a sum of
 * several dot products (heads) gives one term for each. The values of a sum's terms add up to the number.
 */
export function terms(expression: Expression, lookup: Lookup): readonly Term[] {
  return contributions(expression, lookup).toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value));
}

function contributions(expression: Expression, lookup: Lookup): readonly Term[] {
  switch (expression.op) {
    case "dot": {
      const left = read(expression.left, lookup);
      const right = read(expression.right, lookup);
      return Array.from(left, (value, at) => {
        const other = right[at] ?? Number.NaN;
        return {
          value: value * other,
          at,
          factors: [
            { value, of: expression.left },
            { value: other, of: expression.right },
          ],
          part: null,
        };
      });
    }
    case "total":
    case "greatest":
    case "mean":
    case "meanSquare": {
      const { of } = expression;
      return Array.from(read(of, lookup), (value, at) => ({
        value,
        at,
        factors: [{ value, of }],
        part: null,
      }));
    }
    case "sum": {
      const [big, ...others] = expression.of.filter((each) => each.op !== "cell" && each.op !== "constant");
      return expression.of.flatMap((each) =>
        each === big && others.length === 0 ? contributions(each, lookup) : [whole(each, lookup)],
      );
    }
    case "product": {
      const [scale, inner] = expression.of;
      if (expression.of.length !== 2 || scale?.op !== "constant" || inner?.op !== "dot") break;
      return contributions(inner, lookup).map((term) => ({ ...term, value: scale.value * term.value }));
    }
    case "unlessPadding":
      return contributions(lookup.isPadding(expression.key) ? expression.otherwise : expression.of, lookup);
    default:
      break;
  }
  return operands(expression).map((each) => whole(each, lookup));
}

function whole(part: Expression, lookup: Lookup): Term {
  const value = evaluate(part, lookup);
  return { value, at: null, factors: part.op === "cell" ? [{ value, of: part.of }] : [], part };
}

function operands(expression: Expression): readonly Expression[] {
  if (expression.op === "product" || expression.op === "difference" || expression.op === "quotient") {
    return expression.of;
  }
  return [expression];
}
