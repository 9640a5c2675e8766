import { createRng } from "../engine/rng";
import type { Tensor } from "../engine/tensor";
import { dotOf, pattern, row, sizeOfMatrix } from "./matrix";
import { softmax } from "./softmaxJacobian";

/** A map of queries and keys to vectors of positive numbers. [d] → [features] */
export type FeatureMap = (vector: Float32Array) => Float32Array;

/** elu(x) + 1 (Katharopoulos et al. 2020). */
export const eluPlusOne: FeatureMap = (vector) => vector.map((x) => (x > 0 ? x + 1 : Math.exp(x)));

/**
 * exp(ωᵀx − ‖x‖²/2)/√m with m seeded normal ω, of x·d^(−1/4): an unbiased estimate of exp(q·k/√d) (Choromanski et al. 2021).
 */
export function performer(width: number, features: number, seed: number): FeatureMap {
  const rng = createRng(seed);
  const directions = Array.from({ length: features }, () =>
    Float32Array.from({ length: width }, () => rng.normal()),
  );
  return (vector) => {
    const x = vector.map((value) => value * width ** -0.25);
    const half = dotOf(x, x) / 2;
    return Float32Array.from(directions, (each) => Math.exp(dotOf(each, x) - half) / Math.sqrt(features));
  };
}

/** A_ij = φ(q_i)·φ(k_j)/Σ_m φ(q_i)·φ(k_m), over the keys up to i where it is causal. [pos, d], [pos, d] → [query_pos, key_pos] */
export function linearPattern(q: Tensor, k: Tensor, feature: FeatureMap, causal: boolean): Tensor {
  const queries = mapped(q, feature);
  const keys = mapped(k, feature);
  const sums = queries.map((query, i) =>
    keys.reduce((sum, key, j) => (causal && j > i ? sum : sum + dotOf(query, key)), 0),
  );
  return pattern(queries.length, keys.length, (i, j) => {
    const sum = sums[i] ?? 0;
    if ((causal && j > i) || sum === 0) return 0;
    return dotOf(queries[i] ?? [], keys[j] ?? []) / sum;
  });
}

/** softmax(q·k·scale) of the same queries and keys. [pos, d], [pos, d] → [query_pos, key_pos] */
export function softmaxPattern(q: Tensor, k: Tensor, scale: number, causal: boolean): Tensor {
  const { rows } = sizeOfMatrix(q);
  const { rows: columns } = sizeOfMatrix(k);
  const shares = Array.from({ length: rows }, (_, i) =>
    softmax(
      Array.from({ length: columns }, (__, j) =>
        causal && j > i ? Number.NEGATIVE_INFINITY : scale * dotOf(row(q, i), row(k, j)),
      ),
    ),
  );
  return pattern(rows, columns, (i, j) => shares[i]?.[j] ?? 0);
}

function mapped(tensor: Tensor, feature: FeatureMap): readonly Float32Array[] {
  const { rows } = sizeOfMatrix(tensor);
  return Array.from({ length: rows }, (_, at) => feature(row(tensor, at)));
}
