/** A directed edge with the greatest amount that it can carry. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly capacity: number;
}

/** Amounts below this are rounding, not flow. */
const TINY = 1e-12;

/** Greatest flow from a source to a sink in a network of `nodes` nodes (Dinic 1970); one network answers many questions. */
export function maxFlow(nodes: number, edges: readonly Edge[]): (source: number, sink: number) => number {
  const { to, left: capacities, outgoing } = residualNetwork(nodes, edges);
  return (source, sink) => {
    if (source === sink) return Number.POSITIVE_INFINITY;
    const network = { to, left: capacities.slice(), outgoing };
    let total = 0;
    for (;;) {
      const level = levels(network, nodes, source);
      if (level[sink] === -1) return total;
      const next = new Int32Array(nodes);
      for (;;) {
        const pushed = push(network, level, next, source, sink, Number.POSITIVE_INFINITY);
        if (pushed <= TINY) break;
        total += pushed;
      }
    }
  };
}

interface Network {
  /** Target and what is left of each edge; edge e ^ 1 is its reverse. */
  readonly to: readonly number[];
  readonly left: Float64Array;
  readonly outgoing: readonly (readonly number[])[];
}

function residualNetwork(nodes: number, edges: readonly Edge[]): Network {
  const outgoing: number[][] = Array.from({ length: nodes }, () => []);
  const to = edges.flatMap((edge) => [edge.to, edge.from]);
  const left = Float64Array.from(edges.flatMap((edge) => [edge.capacity, 0]));
  edges.forEach((edge, at) => {
    outgoing[edge.from]?.push(2 * at);
    outgoing[edge.to]?.push(2 * at + 1);
  });
  return { to, left, outgoing };
}

/** Number of edges from the source to each node along edges that can still carry something; −1 if there is no way. */
function levels({ to, left, outgoing }: Network, nodes: number, source: number): Int32Array {
  const level = new Int32Array(nodes).fill(-1);
  level[source] = 0;
  const queue = [source];
  for (const node of queue) {
    for (const edge of outgoing[node] ?? []) {
      const target = to[edge] ?? -1;
      if ((left[edge] ?? 0) <= TINY || level[target] !== -1) continue;
      level[target] = (level[node] ?? 0) + 1;
      queue.push(target);
    }
  }
  return level;
}

/** Pushes as much as one path can carry, each step one level on; `next` skips edges that are used up. */
function push(
  network: Network,
  level: Int32Array,
  next: Int32Array,
  node: number,
  sink: number,
  limit: number,
): number {
  if (node === sink) return limit;
  const edges = network.outgoing[node] ?? [];
  for (; (next[node] ?? 0) < edges.length; next[node] = (next[node] ?? 0) + 1) {
    const edge = edges[next[node] ?? 0] ?? 0;
    const target = network.to[edge] ?? -1;
    const left = network.left[edge] ?? 0;
    if (left <= TINY || level[target] !== (level[node] ?? 0) + 1) continue;
    const pushed = push(network, level, next, target, sink, Math.min(limit, left));
    if (pushed <= TINY) continue;
    network.left[edge] = left - pushed;
    network.left[edge ^ 1] = (network.left[edge ^ 1] ?? 0) + pushed;
    return pushed;
  }
  return 0;
}
