import { bump } from "./paths";

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

/** The sight-lines of one query: `row` is its row of the pattern, [key_pos]. Strongest last, so that it lies on top. */
export function sightLines(row: Float32Array, query: number, frame: LineFrame): readonly SightLine[] {
  return Array.from(row, (weight, key) => ({ key, weight }))
    .filter(({ weight }) => weight >= FAINTEST)
    .sort((a, b) => a.weight - b.weight)
    .map(({ key, weight }) => lineOf(query, key, weight, frame));
}

/** One sight-line. */
export function lineOf(query: number, key: number, weight: number, frame: LineFrame): SightLine {
  return {
    query,
    key,
    weight,
    path: bump(frame.from, tokenY(query, frame), frame.to, tokenY(key, frame)),
    width: 0.8 + 7 * weight,
    opacity: 0.12 + 0.88 * weight,
  };
}

/** The y of a token's middle. */
export function tokenY(token: number, frame: Pick<LineFrame, "top" | "pitch">): number {
  return frame.top + token * frame.pitch;
}
