/** Indices of the values, largest first; equal values keep their order. NaN comes last. */
export function largestFirst(values: ArrayLike<number>): number[] {
  return order(values, (value) => value);
}

/** Indices of the values by magnitude, largest first. */
export function farthestFirst(values: ArrayLike<number>): number[] {
  return order(values, Math.abs);
}

function order(values: ArrayLike<number>, weight: (value: number) => number): number[] {
  const key = (index: number) => {
    const value = weight(values[index] ?? Number.NaN);
    return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
  };
  return Array.from({ length: values.length }, (_, index) => index).sort((a, b) => key(b) - key(a) || a - b);
}
