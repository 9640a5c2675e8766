import type { Tensor } from "../engine/tensor";
import { dotOf, sizeOfMatrix } from "./matrix";

/** Cosine of two columns below which they count as orthogonal. */
const ORTHOGONAL = 1e-12;
const SWEEPS = 60;

/**
 * Singular values of a matrix, greatest first: one-sided Jacobi rotations until its columns are orthogonal (Hestenes
 * 1958). Equation 61 of docs/maths.md. [rows, columns] → [min(rows, columns)]
 */
export function singularValues(matrix: Tensor): Float64Array {
  const { rows, columns } = sizeOfMatrix(matrix);
  const vectors = Array.from({ length: columns }, (_, column) =>
    Float64Array.from({ length: rows }, (_, at) => matrix.data[at * columns + column] ?? 0),
  );
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    if (!orthogonalise(vectors)) break;
  }
  const lengths = vectors.map((vector) => Math.sqrt(dotOf(vector, vector))).toSorted((a, b) => b - a);
  return Float64Array.from(lengths.slice(0, Math.min(rows, columns)));
}

/** How many directions a matrix really has: e to the entropy of its singular values' shares (Roy & Vetterli 2007). */
export function effectiveRank(values: ArrayLike<number>): number {
  const total = Array.from(values).reduce((sum, value) => sum + value, 0);
  if (total === 0) return 0;
  const entropy = Array.from(values)
    .map((value) => value / total)
    .reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0);
  return Math.exp(entropy);
}

/** Share of the cells of a pattern that hold less than `below`. */
export function sparsity({ data }: Pick<Tensor, "data">, below: number): number {
  return data.length === 0 ? 0 : data.filter((value) => value < below).length / data.length;
}

/** Turns every pair of columns so that the two become orthogonal; whether any pair had to be turned. */
function orthogonalise(vectors: readonly Float64Array[]): boolean {
  let turned = false;
  vectors.forEach((a, at) => {
    for (const b of vectors.slice(at + 1)) {
      const [aa, bb, ab] = [dotOf(a, a), dotOf(b, b), dotOf(a, b)];
      if (Math.abs(ab) <= ORTHOGONAL * Math.sqrt(aa * bb) || ab === 0) continue;
      turned = true;
      const zeta = (bb - aa) / (2 * ab);
      const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
      const cos = 1 / Math.sqrt(1 + tangent * tangent);
      const sin = cos * tangent;
      a.forEach((x, row) => {
        const y = b[row] ?? 0;
        a[row] = cos * x - sin * y;
        b[row] = sin * x + cos * y;
      });
    }
  });
  return turned;
}
