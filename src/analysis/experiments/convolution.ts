import { softmax } from "../softmaxJacobian";
import { addTo, apply, type Dense } from "./seededMatrix";

/** One kernel matrix for each offset from −radius to +radius. */
export type Kernels = readonly Dense[];

type Rows = readonly ArrayLike<number>[];

/** y_i = Σ_o W_o x_{i+o}, with zeros beyond the text. [pos][width] → [pos][rows of W] */
export function convolution(x: Rows, kernels: Kernels): readonly Float64Array[] {
  const radius = (kernels.length - 1) / 2;
  return x.map((_, i) => {
    const sum = new Float64Array(kernels[0]?.rows ?? 0);
    kernels.forEach((kernel, at) => {
      const word = x[i + at - radius];
      if (word !== undefined) addTo(sum, apply(kernel, word));
    });
    return sum;
  });
}

/**
 * The same from one attention head per offset (Cordonnier et al. 2020): head o scores β where key − query = o and 0
 * elsewhere, its values and output are W_o together. Where no key stands at the offset the row is masked, as padding is.
 */
export function convolutionByHeads(
  x: Rows,
  kernels: Kernels,
  beta: number,
): { readonly y: readonly Float64Array[]; readonly patterns: readonly Float32Array[] } {
  const radius = (kernels.length - 1) / 2;
  const n = x.length;
  const y = x.map(() => new Float64Array(kernels[0]?.rows ?? 0));
  const patterns = kernels.map((kernel, at) => {
    const pattern = new Float32Array(n * n);
    const values = x.map((word) => apply(kernel, word));
    y.forEach((sum, i) => {
      const target = i + at - radius;
      if (target < 0 || target >= n) return;
      const shares = softmax(x.map((_, j) => (j === target ? beta : 0)));
      pattern.set(shares, i * n);
      shares.forEach((share, j) => {
        addTo(sum, values[j] ?? [], share);
      });
    });
    return pattern;
  });
  return { y, patterns };
}

/** The largest difference of two outputs, as a share of the largest entry of the first. */
export function relativeGap(a: Rows, b: Rows): number {
  let gap = 0;
  let most = 0;
  a.forEach((row, i) => {
    for (let d = 0; d < row.length; d++) {
      gap = Math.max(gap, Math.abs((row[d] ?? 0) - (b[i]?.[d] ?? 0)));
      most = Math.max(most, Math.abs(row[d] ?? 0));
    }
  });
  return most === 0 ? gap : gap / most;
}
