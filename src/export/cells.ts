import { paint } from "../viz/heatmap";
import { type Ramp, stepOf } from "../viz/ramp";
import type { Drawing } from "./drawing";
import type { Piece, Placed } from "./figure";
import { fill, px } from "./svgParts";

/** The most pixels of a side of a picture of cells: more are not seen in a figure of any size, and browsers have a limit. */
const SIDE = 4096;

/** The cells of a matrix. As a picture, cells that share a pixel show the largest of them. */
export function cells({ matrix, limit }: Drawing, ramp: Ramp, placed: Placed): Piece {
  const { rows, columns } = matrix;
  const [width, height] = [Math.min(columns, SIDE), Math.min(rows, SIDE)];
  const { x, y, scaleX, scaleY } = placed;
  return {
    svg: () => cellPaths({ matrix, limit }, ramp, placed),
    picture: {
      pixels: () => {
        const pixels = { data: new Uint8ClampedArray(4 * width * height), width, height };
        paint(pixels, { x: 0, y: 0, width, height }, matrix, ramp, limit);
        return pixels;
      },
      box: { x, y, width: columns * scaleX, height: rows * scaleY },
      opacity: 1,
    },
  };
}

/** The most cells of one path: a page reads and paints so many in no time. */
const CELLS = 2048;

/** The cells of a matrix as paths of one colour each, a lot at a time. */
function* cellPaths(
  { matrix, limit }: Pick<Drawing, "matrix" | "limit">,
  ramp: Ramp,
  { x, y, scaleX, scaleY }: Placed,
): Generator<string> {
  const byStep = new Map<number, number[]>();
  matrix.data.forEach((value, at) => {
    const step = stepOf(ramp, value, limit);
    const cells = byStep.get(step);
    if (cells === undefined) byStep.set(step, [at]);
    else cells.push(at);
  });
  const [w, h, back] = [px(scaleX), px(scaleY), px(-scaleX)];
  for (const [step, cells] of byStep) {
    for (let from = 0; from < cells.length; from += CELLS) {
      const paths = cells.slice(from, from + CELLS).map((at) => {
        const row = Math.floor(at / matrix.columns);
        const column = at % matrix.columns;
        return `M${px(x + column * scaleX)} ${px(y + row * scaleY)}h${w}v${h}h${back}z`;
      });
      yield `<path fill="${fill(ramp, step)}" d="${paths.join("")}"/>`;
    }
  }
}
