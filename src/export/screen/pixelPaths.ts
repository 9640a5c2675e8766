import type { Pixels } from "../../viz/heatmap";
import { px } from "../svgParts";

interface Run {
  readonly x: number;
  readonly width: number;
  readonly colour: number;
  y: number;
  height: number;
}

/** Where a picture lies and how large a pixel of it is. */
export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly scaleX: number;
  readonly scaleY: number;
}

/** A picture as rectangles of one colour each, one path per colour: what it shows, sharp at any size. */
export function pixelPaths({ data, width, height }: Pixels, { x, y, scaleX, scaleY }: Placed): string {
  const byColour = new Map<number, string[]>();
  const close = (run: Run) => {
    if ((run.colour & 255) === 0) return;
    const [w, h] = [px(run.width * scaleX), px(run.height * scaleY)];
    const path = `M${px(x + run.x * scaleX)} ${px(y + run.y * scaleY)}h${w}v${h}h-${w}z`;
    const paths = byColour.get(run.colour);
    if (paths === undefined) byColour.set(run.colour, [path]);
    else paths.push(path);
  };
  let open = new Map<number, Run>();
  for (let row = 0; row < height; row++) {
    const next = new Map<number, Run>();
    for (const run of runsOf(data, row, width)) {
      const above = open.get(run.x);
      if (above?.width === run.width && above.colour === run.colour) {
        above.height += 1;
        open.delete(run.x);
        next.set(run.x, above);
      } else next.set(run.x, run);
    }
    for (const run of open.values()) close(run);
    open = next;
  }
  for (const run of open.values()) close(run);
  return [...byColour].map(([colour, paths]) => `<path ${fillOf(colour)} d="${paths.join("")}"/>`).join("\n");
}

function runsOf(data: Uint8ClampedArray, row: number, width: number): readonly Run[] {
  const runs: Run[] = [];
  const colourAt = (column: number) => {
    const at = 4 * (row * width + column);
    const [r = 0, g = 0, b = 0, a = 0] = data.subarray(at, at + 4);
    return ((r << 24) | (g << 16) | (b << 8) | a) >>> 0;
  };
  for (let from = 0; from < width; ) {
    const colour = colourAt(from);
    let to = from + 1;
    while (to < width && colourAt(to) === colour) to++;
    runs.push({ x: from, width: to - from, colour, y: row, height: 1 });
    from = to;
  }
  return runs;
}

function fillOf(colour: number): string {
  const alpha = colour & 255;
  const fill = `fill="rgb(${colour >>> 24},${(colour >>> 16) & 255},${(colour >>> 8) & 255})"`;
  return alpha === 255 ? fill : `${fill} fill-opacity="${px(alpha / 255)}"`;
}
