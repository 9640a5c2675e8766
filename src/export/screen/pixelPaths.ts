import type { Pixels } from "../../viz/heatmap";
import type { Placed } from "../figure";
import { px } from "../svgParts";

interface Run {
  readonly x: number;
  readonly width: number;
  readonly colour: number;
  y: number;
  height: number;
}

/** The most rectangles of one path. */
const RECTANGLES = 2048;

/** A picture as rectangles of one colour each, a path at a time: what it shows, sharp at any size. */
export function* pixelPaths(
  { data, width, height }: Pixels,
  { x, y, scaleX, scaleY }: Placed,
): Generator<string> {
  const byColour = new Map<number, Run[]>();
  const close = (run: Run) => {
    if ((run.colour & 255) === 0) return;
    const runs = byColour.get(run.colour);
    if (runs === undefined) byColour.set(run.colour, [run]);
    else runs.push(run);
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
  for (const [colour, runs] of byColour) {
    for (let from = 0; from < runs.length; from += RECTANGLES) {
      const paths = runs.slice(from, from + RECTANGLES).map((run) => {
        const [w, h] = [px(run.width * scaleX), px(run.height * scaleY)];
        return `M${px(x + run.x * scaleX)} ${px(y + run.y * scaleY)}h${w}v${h}h-${w}z`;
      });
      yield `<path ${fillOf(colour)} d="${paths.join("")}"/>`;
    }
  }
}

function runsOf(data: Uint8ClampedArray, row: number, width: number): readonly Run[] {
  const runs: Run[] = [];
  const colourAt = (column: number) => {
    const at = 4 * (row * width + column);
    const channel = (of: number) => data[at + of] ?? 0;
    return ((channel(0) << 24) | (channel(1) << 16) | (channel(2) << 8) | channel(3)) >>> 0;
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
