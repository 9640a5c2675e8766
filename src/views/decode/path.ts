import type { HeadPlace } from "../../components/HeadPicker";
import type { Token } from "../../engine/trace";
import type { DecodeNode, DecodePart } from "../../store/answers";
import type { Matrix } from "../../viz/heatmap";
import type { Search } from "./useDecoding";

/** The nodes from the first emitted token to one node. */
export function pathTo(nodes: readonly DecodeNode[], node: number): readonly number[] {
  const { parent } = nodes[node] ?? { parent: -1 };
  return parent < 0 ? [] : [...pathTo(nodes, parent), node];
}

/**
 * The node to show while nobody has chosen one: the end of the best text that says something, else the best of the
 * farthest that are followed.
 */
export function bestNode({ texts, part }: Pick<Search, "texts" | "part">): number {
  const best = texts.find(({ text }) => text !== "") ?? texts[0];
  if (best !== undefined) return best.node;
  const nodes = part?.nodes ?? [];
  return nodes.reduce((most, node, at) => {
    const known = nodes[most];
    if (node.state === "pruned" || known === undefined) return most;
    const farther = node.depth - known.depth;
    return farther > 0 || (farther === 0 && node.total > known.total) ? at : most;
  }, 0);
}

/** The tokens that a head's keys stand for along a path: the source, or what was there before and the path itself. */
export function keyTexts(
  part: DecodePart,
  path: readonly number[],
  { attention }: Pick<HeadPlace, "attention">,
): readonly string[] {
  const text = (token: Token) => token.text;
  if (attention === "cross_attn") return (part.source ?? []).map(text);
  // The last emitted token is never read.
  return [...part.start.map(text), ...path.slice(0, -1).map((node) => part.nodes[node]?.text ?? "")];
}

/**
 * What one head looked at while each token of a path was chosen; NaN where there was no key yet. [emitted token, key_pos]
 */
export function attentionAlong(
  { part, reads }: Search,
  path: readonly number[],
  place: HeadPlace,
  columns: number,
): Matrix {
  const data = new Float32Array(path.length * columns).fill(Number.NaN);
  path.forEach((node, row) => {
    const looked = reads
      .get(part?.nodes[node]?.parent ?? -1)
      ?.find(({ attention, layer }) => attention === place.attention && layer === place.layer);
    if (looked === undefined) return;
    const [, keys = 0] = looked.rows.shape;
    const values = looked.rows.data.subarray(place.head * keys, (place.head + 1) * keys);
    data.set(values.subarray(0, columns), row * columns);
  });
  return { data, rows: path.length, columns };
}
