import type { Tensor } from "../../src/engine/tensor";
import type { Expected } from "./fixtures";

/** |a − b| ≤ 1e-4 + 1e-3·|b|; −∞ equals −∞. */
export function agrees(got: number, expected: number): boolean {
  if (!Number.isFinite(expected)) return got === expected;
  return Math.abs(got - expected) <= 1e-4 + 1e-3 * Math.abs(expected);
}

/**
 * What differs between the sites of a trace and those of the reference, one line each: a site that is missing or too
 * many, another shape, or the first number of a site that does not agree. `where` names the model and the case.
 */
export function differences(
  where: string,
  got: Readonly<Record<string, Tensor | undefined>>,
  expected: ReadonlyMap<string, Expected>,
): readonly string[] {
  const beyond = Object.keys(got)
    .filter((name) => !expected.has(name))
    .map((name) => `${where}: ${name} is not a site of the reference`);
  const differing = [...expected].flatMap(([name, reference]) => {
    const difference = differenceOf(got[name], reference);
    return difference === null ? [] : [`${where}: ${name} ${difference}`];
  });
  return [...beyond, ...differing];
}

function differenceOf(got: Tensor | undefined, expected: Expected): string | null {
  if (got === undefined) return "is missing";
  if (got.shape.join() !== expected.shape.join()) {
    return `has shape [${got.shape}], expected [${expected.shape}]`;
  }
  if (got.axes.length !== got.shape.length) return `has ${got.axes.length} axes for its shape [${got.shape}]`;
  const flat = expected.data.findIndex((value, n) => !agrees(got.data[n] ?? Number.NaN, value));
  if (flat < 0) return null;
  const count = expected.data.reduce(
    (sum, value, n) => sum + (agrees(got.data[n] ?? Number.NaN, value) ? 0 : 1),
    0,
  );
  const index = indexOf(expected.shape, flat);
  return `[${index}] is ${got.data[flat]}, expected ${expected.data[flat]} (${count} of ${expected.data.length} differ)`;
}

/** The index of a flat offset. */
function indexOf(shape: readonly number[], flat: number): readonly number[] {
  return shape.map((length, axis) => {
    const inner = shape.slice(axis + 1).reduce((product, next) => product * next, 1);
    return Math.floor(flat / inner) % length;
  });
}
