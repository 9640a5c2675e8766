// @vitest-environment jsdom
import { describe, expect, test } from "vitest";
import { paintStrokes, stretchInView } from "../../../src/views/lines/paintStrokes";
import type { Stroke } from "../../../src/viz/painting";

const stroke = (y1: number, y2: number): Stroke => ({
  x1: 3,
  y1,
  x2: 297,
  y2,
  colour: "#123456",
  width: 2,
  opacity: 0.5,
});

/** A pen that says where each line begins and ends, and what it clears and cuts off. */
function penOf() {
  const said: (string | number)[][] = [];
  const note =
    (name: string) =>
    (...values: number[]) =>
      void said.push([name, ...values]);
  const pen = {
    canvas: { width: 600 },
    ...Object.fromEntries(
      ["setTransform", "rect", "clearRect", "moveTo", "bezierCurveTo"].map((name) => [name, note(name)]),
    ),
    ...Object.fromEntries(["save", "restore", "beginPath", "clip", "stroke"].map((name) => [name, () => {}])),
  };
  return { pen: pen as unknown as CanvasRenderingContext2D, said };
}

describe("lines on a long canvas", () => {
  test("of a stretch are those that meet it, in their order; nothing else is cleared", () => {
    const { pen, said } = penOf();
    const strokes = [stroke(10, 90), stroke(10, 250), stroke(400, 150), stroke(310, 500)];
    paintStrokes(pen, strokes, { from: 100, to: 300 }, 2);
    expect(said).toEqual([
      ["setTransform", 2, 0, 0, 2, 0, 0],
      ["rect", 0, 100, 300, 200],
      ["clearRect", 0, 100, 300, 200],
      ["moveTo", 3, 10],
      ["bezierCurveTo", 150, 10, 150, 250, 297, 250],
      ["moveTo", 3, 400],
      ["bezierCurveTo", 150, 400, 150, 150, 297, 150],
    ]);
  });

  test("are drawn over whole pixels of the canvas, whatever its scale", () => {
    const { pen, said } = penOf();
    paintStrokes(pen, [], { from: 101, to: 303 }, 1.5);
    expect(said.slice(1)).toEqual([
      ["rect", 0, 151 / 1.5, 400, 455 / 1.5 - 151 / 1.5],
      ["clearRect", 0, 151 / 1.5, 400, 455 / 1.5 - 151 / 1.5],
    ]);
  });

  test("that touch a stretch with half their thickness are of it", () => {
    const { pen, said } = penOf();
    paintStrokes(pen, [stroke(50, 99)], { from: 100, to: 300 }, 1);
    expect(said.filter(([name]) => name === "moveTo")).toEqual([["moveTo", 3, 50]]);
  });

  test("are seen where the window shows them, on an enlarged page too", () => {
    const at = (top: number, height: number) =>
      ({ getBoundingClientRect: () => ({ top, height }) }) as Element;
    expect(window.innerHeight).toBe(768);
    expect(stretchInView(at(-500, 2000), 2000)).toEqual({ from: 500, to: 1268 });
    expect(stretchInView(at(600, 2000), 2000)).toEqual({ from: 0, to: 168 });
    expect(stretchInView(at(-500, 4000), 2000)).toEqual({ from: 250, to: 634 });
    expect(stretchInView(at(800, 2000), 2000)).toBeNull();
  });
});
