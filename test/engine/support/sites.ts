import { run } from "../../../src/engine/forward";
import type { PreparedModel } from "../../../src/engine/prepare";
import type { Tensor } from "../../../src/engine/tensor";
import type { RunInput, Sites } from "../../../src/engine/trace";

/** Entry `index` of a list that must have it. */
export function nth<T>(list: ArrayLike<T>, index: number): T {
  const value = list[index];
  if (value === undefined) throw new RangeError(`no entry ${index} among ${list.length}`);
  return value;
}

/** The sites of a trace as pairs. */
export function entries(sites: Sites): [string, Tensor][] {
  return Object.entries(sites).flatMap(([name, tensor]) => (tensor === undefined ? [] : [[name, tensor]]));
}

/** A function from names to the tensors of a trace, which must be there. */
export function reader(sites: Sites): (name: string) => Tensor {
  const byName = new Map(entries(sites));
  return (name) => {
    const tensor = byName.get(name);
    if (tensor === undefined) throw new Error(`no site ${name}`);
    return tensor;
  };
}

/** A full run, read by site name. */
export function runAll(model: PreparedModel, input: RunInput): (name: string) => Tensor {
  return reader(run(model, input, { capture: "all" }).sites);
}

/** The rows (last axis) of a tensor. */
export function rowsOf({ data, shape }: Tensor): Float32Array[] {
  const width = nth(shape, shape.length - 1);
  return Array.from({ length: data.length / width }, (_, row) =>
    data.subarray(row * width, (row + 1) * width),
  );
}

/** Sum of numbers. */
export function total(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** Entrywise sum of tensors of one shape. */
export function sum(first: Tensor, ...more: readonly Tensor[]): Float32Array {
  return first.data.map((value, n) => value + total(more.map(({ data }) => nth(data, n))));
}

/** The largest |a − b| beyond 1e-4 + 1e-3·|b|, 0 when all entries agree; equal infinities agree. */
export function excess(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let worst = 0;
  for (let n = 0; n < actual.length; n++) {
    const [a, b] = [nth(actual, n), nth(expected, n)];
    if (a === b) continue;
    const over = Math.abs(a - b) - (1e-4 + 1e-3 * Math.abs(b));
    worst = Number.isNaN(over) ? Number.POSITIVE_INFINITY : Math.max(worst, over);
  }
  return worst;
}

/** Sites of `actual` that differ from `expected` in shape or in any bit, and sites that only one of them has. */
export function different(actual: Sites, expected: Sites): string[] {
  const [a, b] = [new Map(entries(actual)), new Map(entries(expected))];
  return [...new Set([...a.keys(), ...b.keys()])].filter((name) => {
    const [one, other] = [a.get(name), b.get(name)];
    if (one === undefined || other === undefined) return true;
    const sameShape = one.shape.join() === other.shape.join() && one.axes.join() === other.axes.join();
    return !sameShape || !one.data.every((value, n) => Object.is(value, other.data[n]));
  });
}
