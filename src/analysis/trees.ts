import type { Tensor } from "../engine/tensor";
import { row, sizeOfMatrix } from "./matrix";

/**
 * The tree over words with the greatest total weight, as the head of each word and −1 for its root: Chu–Liu–Edmonds.
 * `weights` [dependent, head]: how strongly a word hangs on another, as an impact matrix has it (Wu et al. 2020, §4.2).
 */
export function maximumTree(weights: Tensor): readonly number[] {
  const { rows: words } = sizeOfMatrix(weights);
  const all = weights.data.reduce((sum, weight) => sum + Math.abs(weight), 1);
  const root = words;
  const edges: Arc[] = Array.from({ length: words }, (_, to) => to).flatMap((to) => [
    { from: root, to, weight: -all },
    ...Array.from({ length: words }, (_, from) => from)
      .filter((from) => from !== to)
      .map((from) => ({ from, to, weight: row(weights, to)[from] ?? 0 })),
  ]);
  const heads = new Array<number>(words).fill(-1);
  for (const { from, to } of arborescence(edges, root)) heads[to] = from === root ? -1 : from;
  return heads;
}

interface Arc {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

interface Contracted extends Arc {
  readonly original: Arc;
}

/** The arcs of the tree from `root` with the greatest total weight: best arc into each node, cycles contracted. */
function arborescence(arcs: readonly Arc[], root: number): readonly Arc[] {
  const best = new Map<number, Arc>();
  for (const arc of arcs) {
    const known = best.get(arc.to);
    if (arc.to !== root && (known === undefined || arc.weight > known.weight)) best.set(arc.to, arc);
  }
  const cycle = findCycle(best);
  if (cycle === null) return [...best.values()];
  const inside = new Set(cycle);
  const hub = Math.min(...cycle);
  const name = (node: number) => (inside.has(node) ? hub : node);
  const contracted: Contracted[] = arcs
    .filter((arc) => !(inside.has(arc.from) && inside.has(arc.to)))
    .map((arc) => {
      const replaced = inside.has(arc.to) ? (best.get(arc.to)?.weight ?? 0) : 0;
      return { from: name(arc.from), to: name(arc.to), weight: arc.weight - replaced, original: arc };
    });
  const chosen = (arborescence(contracted, root) as readonly Contracted[]).map((arc) => arc.original);
  const entered = chosen.find((arc) => inside.has(arc.to))?.to;
  const kept = cycle.filter((node) => node !== entered).flatMap((node) => best.get(node) ?? []);
  return [...chosen, ...kept];
}

/** A cycle among the best arcs into each node, or null if there is none. */
function findCycle(best: ReadonlyMap<number, Arc>): readonly number[] | null {
  for (const start of best.keys()) {
    const path: number[] = [];
    let node: number | undefined = start;
    while (node !== undefined && !path.includes(node)) {
      path.push(node);
      node = best.get(node)?.from;
    }
    if (node !== undefined) return path.slice(path.indexOf(node));
  }
  return null;
}

/**
 * Where a text falls into pieces: before word i + 1 if the mean impact of the two neighbours on each other is below the
 * threshold. Impacts [word, word] → first word of each piece, beginning with 0 (Wu et al. 2020, §4.1).
 */
export function segment(impacts: Tensor, threshold: number): readonly number[] {
  const { rows } = sizeOfMatrix(impacts);
  return Array.from({ length: rows }, (_, word) => word).filter((word) => {
    if (word === 0) return true;
    const onNext = row(impacts, word)[word - 1] ?? 0;
    const onLast = row(impacts, word - 1)[word] ?? 0;
    return (onNext + onLast) / 2 < threshold;
  });
}
