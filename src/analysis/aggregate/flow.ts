import type { Tensor } from "../../engine/tensor";
import { row, sizeOfMatrix } from "../matrix";
import { type Edge, maxFlow } from "./maxFlow";
import { withResidual } from "./rollout";

/**
 * Attention flow (Abnar & Zuidema 2020), equation 52 of docs/maths.md: the greatest flow from position `query` after the
 * last layer down to each input, where an edge carries at most its attention (mixed with the residual stream).
 * Layers [head, pos, pos], first layer first → [key_pos]
 */
export function attentionFlow(layers: readonly Tensor[], query: number): Float32Array {
  const mixed = layers.map(withResidual);
  const { columns: width } = sizeOfMatrix(mixed[0] ?? { shape: [0, 0] });
  const node = (level: number, pos: number) => level * width + pos;
  const edges = mixed.flatMap((matrix, layer) =>
    layerEdges(
      matrix,
      (i) => node(layer + 1, i),
      (j) => node(layer, j),
    ),
  );
  const source = node(layers.length, query);
  const flowBetween = maxFlow(node(layers.length + 1, 0), edges);
  return Float32Array.from({ length: width }, (_, key) => flowBetween(source, node(0, key)));
}

/** One edge for each query and key of a layer that has any attention. */
function layerEdges(
  matrix: Tensor,
  above: (query: number) => number,
  below: (key: number) => number,
): readonly Edge[] {
  const { rows } = sizeOfMatrix(matrix);
  return Array.from({ length: rows }, (_, query) =>
    Array.from(row(matrix, query)).flatMap((capacity, key) =>
      capacity > 0 ? [{ from: above(query), to: below(key), capacity }] : [],
    ),
  ).flat();
}
