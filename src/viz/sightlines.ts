/** One line from a query to a key. */
export interface SightLine {
  readonly query: number;
  readonly key: number;
  /** Attention that the query gives to the key, 0…1. */
  readonly weight: number;
  /** SVG path. */
  readonly path: string;
  readonly width: number;
  readonly opacity: number;
}

export interface LineFrame {
  /** x of the queries' side and of the keys' side. */
  readonly from: number;
  readonly to: number;
  /** Distance of two tokens, and y of the first. */
  readonly pitch: number;
  readonly top: number;
}

/** Weights below this are not drawn: a hundred of them look like fog and say nothing. */
export const FAINTEST = 0.01;

/**
 * One cubic Bézier, level at both ends, as d3-shape's curveBumpX draws it: that package is one file of classes that a
 * bundler keeps whole, 4 KB before the first picture.
 */
function bump(x0: number, y0: number, x1: number, y1: number): string {
  const middle = (x0 + x1) / 2;
  const [a, b, m, c, d] = [x0, y0, middle, x1, y1].map((value) => Math.round(value * 1000) / 1000);
  return `M${a},${b}C${m},${b},${m},${d},${c},${d}`;
}

/** The sight-lines of one query: `row` is its row of the pattern, [key_pos]. Strongest last, so that it lies on top. */
export function sightLines(row: Float32Array, query: number, frame: LineFrame): readonly SightLine[] {
  const start = tokenY(query, frame);
  return Array.from(row, (weight, key) => ({ key, weight }))
    .filter(({ weight }) => weight >= FAINTEST)
    .sort((a, b) => a.weight - b.weight)
    .map(({ key, weight }) => ({
      query,
      key,
      weight,
      path: bump(frame.from, start, frame.to, tokenY(key, frame)),
      width: 0.8 + 7 * weight,
      opacity: 0.12 + 0.88 * weight,
    }));
}

/** The y of a token's middle. */
export function tokenY(token: number, frame: Pick<LineFrame, "top" | "pitch">): number {
  return frame.top + token * frame.pitch;
}
