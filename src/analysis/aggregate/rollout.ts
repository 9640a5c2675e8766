import type { Tensor } from "../../engine/tensor";
import { meanOverHeads, pattern, row, sizeOfMatrix } from "../matrix";

/**
 * One layer's attention with the residual stream as one half: ½(mean over heads + I), as both rollout and flow read it.
 * [head, query_pos, key_pos] → [query_pos, key_pos]
 */
export function withResidual(patterns: Tensor): Tensor {
  const mean = meanOverHeads(patterns);
  const { rows, columns } = sizeOfMatrix(mean);
  return pattern(rows, columns, (i, j) => ((mean.data[i * columns + j] ?? 0) + Number(i === j)) / 2);
}

/**
 * Attention rollout (Abnar & Zuidema 2020), equation 51 of docs/maths.md: how much of each input is in each position
 * after each layer, if attention mixed and the residual stream kept one half. Layers [head, pos, pos], first layer first
 * → one [query_pos, key_pos] per layer; rows sum to one where rows of the patterns do.
 */
export function rollout(layers: readonly Tensor[]): readonly Tensor[] {
  const steps: Tensor[] = [];
  for (const layer of layers) {
    const mixed = withResidual(layer);
    const before = steps.at(-1);
    steps.push(before === undefined ? mixed : multiply(mixed, before));
  }
  return steps;
}

/** a · b for two patterns. [i, m] · [m, j] → [i, j] */
export function multiply(a: Tensor, b: Tensor): Tensor {
  const { rows, columns: inner } = sizeOfMatrix(a);
  const { columns } = sizeOfMatrix(b);
  const product = pattern(rows, columns, () => 0);
  for (let i = 0; i < rows; i++) {
    const out = row(product, i);
    for (let m = 0; m < inner; m++) {
      const factor = a.data[i * inner + m] ?? 0;
      if (factor === 0) continue;
      row(b, m).forEach((value, j) => {
        out[j] = (out[j] ?? 0) + factor * value;
      });
    }
  }
  return product;
}

/**
 * How far a position reaches after each layer: the number of inputs that make up at least `share` of an equal part
 * (1/n) of its rollout. → one count per layer and position
 */
export function receptiveField(layers: readonly Tensor[], share: number): readonly (readonly number[])[] {
  return rollout(layers).map((mixed) => {
    const { rows, columns } = sizeOfMatrix(mixed);
    return Array.from(
      { length: rows },
      (_, query) => row(mixed, query).filter((value) => value >= share / columns).length,
    );
  });
}
