import fc from "fast-check";
import { expect, test } from "vitest";
import { type Edge, maxFlow } from "../../../src/analysis/aggregate/maxFlow";

/** The smallest cut of a small network, by trying every set of nodes on the source's side. */
function minCut(nodes: number, edges: readonly Edge[], source: number, sink: number): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let side = 0; side < 2 ** nodes; side++) {
    const has = (node: number) => ((side >> node) & 1) === 1;
    if (!has(source) || has(sink)) continue;
    const cut = edges
      .filter((edge) => has(edge.from) && !has(edge.to))
      .reduce((sum, edge) => sum + edge.capacity, 0);
    smallest = Math.min(smallest, cut);
  }
  return smallest;
}

test("a flow that must go back on an early choice is found", () => {
  const edges = [
    [0, 1, 1],
    [0, 2, 1],
    [1, 2, 1],
    [1, 3, 1],
    [2, 3, 1],
  ].map(([from = 0, to = 0, capacity = 0]) => ({ from, to, capacity }));

  expect(maxFlow(4, edges)(0, 3)).toBe(2);
});

test("nothing flows where there is no way", () => {
  expect(maxFlow(3, [{ from: 0, to: 1, capacity: 5 }])(0, 2)).toBe(0);
});

test("one network answers question after question, each from full capacities", () => {
  const flow = maxFlow(3, [
    { from: 0, to: 1, capacity: 2 },
    { from: 1, to: 2, capacity: 1 },
  ]);

  expect([flow(0, 1), flow(0, 2), flow(0, 1)]).toEqual([2, 1, 2]);
});

test("the greatest flow equals the smallest cut", () => {
  const node = fc.nat(5);
  const edge = fc.record({ from: node, to: node, capacity: fc.double({ min: 0, max: 4, noNaN: true }) });
  fc.assert(
    fc.property(fc.array(edge, { maxLength: 16 }), (edges) => {
      expect(maxFlow(6, edges)(0, 5)).toBeCloseTo(minCut(6, edges, 0, 5), 8);
    }),
  );
});
