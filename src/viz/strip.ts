import { channels, type Ramp, stepOf } from "./ramp";

/** One colour of a strip. */
export interface StripCell {
  readonly x: number;
  readonly width: number;
  readonly colour: string;
}

/** A vector as at most `cells` colours along `width`; several dimensions share the one that is farthest from zero. */
export function strip(
  values: Float32Array,
  width: number,
  cells: number,
  ramp: Ramp,
  limit: number,
): readonly StripCell[] {
  const count = Math.min(cells, values.length);
  return Array.from({ length: count }, (_, cell) => {
    const from = Math.floor((cell * values.length) / count);
    const to = Math.floor(((cell + 1) * values.length) / count);
    const farthest = values
      .subarray(from, to)
      .reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
    const [r, g, b] = channels(ramp, stepOf(ramp, farthest, limit));
    return { x: (cell * width) / count, width: width / count, colour: `rgb(${r} ${g} ${b})` };
  });
}
