import { describe, expect, test } from "vitest";
import { NODE, searchTree, stepInTree } from "../../src/viz/searchTree";

/** A root with two children, the second better, which has one child. */
const NODES = [
  { parent: -1, depth: 0, total: 0 },
  { parent: 0, depth: 1, total: -2 },
  { parent: 0, depth: 1, total: -1 },
  { parent: 2, depth: 2, total: -3 },
];

describe("the drawing of a search", () => {
  test("has a column for each depth, the best candidate on top", () => {
    const { nodes, width, height } = searchTree(NODES);
    const middle = NODE.down / 2;
    expect(nodes.map(({ x, y }) => [x, y])).toEqual([
      [0, middle],
      [NODE.across, middle + NODE.down],
      [NODE.across, middle],
      [2 * NODE.across, middle],
    ]);
    expect([width, height]).toEqual([2 * NODE.across + NODE.width, 2 * NODE.down]);
    expect(nodes.map(({ edge }) => edge === null)).toEqual([true, false, false, false]);
  });

  test("draws every edge from the right of the parent to the left of the child", () => {
    const { nodes } = searchTree(NODES);
    nodes.forEach(({ edge, x, y }, at) => {
      const parent = nodes[NODES[at]?.parent ?? -1];
      if (parent === undefined) return;
      expect(edge?.startsWith(`M${parent.x + NODE.width},${parent.y}`)).toBe(true);
      expect(edge?.endsWith(`${x},${y}`)).toBe(true);
    });
  });

  test("is walked to the parent, the best child and the neighbours, and no further", () => {
    const to = (at: number, key: string) => stepInTree(NODES, at, key);
    expect([to(0, "ArrowRight"), to(2, "ArrowRight"), to(3, "ArrowRight")]).toEqual([2, 3, null]);
    expect([to(3, "ArrowLeft"), to(0, "ArrowLeft")]).toEqual([2, null]);
    expect([to(2, "ArrowDown"), to(1, "ArrowUp"), to(1, "ArrowDown")]).toEqual([1, 2, null]);
    expect(to(1, "Tab")).toBe(null);
  });
});
