import { group } from "d3-array";
import { bump } from "./paths";

/** What the drawing of a search needs to know of a node; the first of a list is the root. */
export interface SearchNode {
  readonly parent: number;
  readonly depth: number;
  readonly total: number;
}

export interface PlacedNode {
  /** Left edge and middle. */
  readonly x: number;
  readonly y: number;
  /** Path of the edge from its parent; null for the root. */
  readonly edge: string | null;
}

export interface SearchTree {
  readonly width: number;
  readonly height: number;
  /** One for each node, in order. */
  readonly nodes: readonly PlacedNode[];
}

/** Size of a node's box and distance between two, in CSS pixels. */
export const NODE = { width: 112, height: 24, across: 144, down: 29 } as const;

/**
 * A search as columns, one for each emitted token, with the best of its candidates on top: so that a beam of any depth
 * is only as high as the number of its candidates.
 */
export function searchTree(nodes: readonly SearchNode[]): SearchTree {
  const columns = group(nodes.keys(), (at) => nodes[at]?.depth ?? 0);
  const rows = new Map<number, number>();
  for (const column of columns.values()) {
    column
      .toSorted((a, b) => (nodes[b]?.total ?? 0) - (nodes[a]?.total ?? 0) || a - b)
      .forEach((node, row) => {
        rows.set(node, row);
      });
  }
  const tallest = Math.max(1, ...[...columns.values()].map((column) => column.length));
  const place = (at: number): [number, number] => [
    (nodes[at]?.depth ?? 0) * NODE.across,
    (rows.get(at) ?? 0) * NODE.down + NODE.down / 2,
  ];
  return {
    width: (Math.max(0, columns.size - 1) + 1) * NODE.across - (NODE.across - NODE.width),
    height: tallest * NODE.down,
    nodes: nodes.map(({ parent }, at) => {
      const [x, y] = place(at);
      const [fromX, fromY] = place(parent);
      const edge = parent < 0 ? null : bump(fromX + NODE.width, fromY, x, y);
      return { x, y, edge };
    }),
  };
}

/** The node that an arrow key leads to from another: its parent, its best child, or its neighbour in the column. */
export function stepInTree(nodes: readonly SearchNode[], at: number, key: string): number | null {
  const best = (ids: readonly number[]) =>
    ids.toSorted((a, b) => (nodes[b]?.total ?? 0) - (nodes[a]?.total ?? 0))[0] ?? null;
  const depth = nodes[at]?.depth;
  const column = [...nodes.keys()]
    .filter((node) => nodes[node]?.depth === depth)
    .sort((a, b) => (nodes[b]?.total ?? 0) - (nodes[a]?.total ?? 0) || a - b);
  switch (key) {
    case "ArrowLeft":
      return (nodes[at]?.parent ?? -1) < 0 ? null : (nodes[at]?.parent ?? null);
    case "ArrowRight":
      return best([...nodes.keys()].filter((node) => nodes[node]?.parent === at));
    case "ArrowUp":
      return column[column.indexOf(at) - 1] ?? null;
    case "ArrowDown":
      return column[column.indexOf(at) + 1] ?? null;
    default:
      return null;
  }
}
