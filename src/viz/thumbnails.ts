import { type Matrix, type Pixels, paint } from "./heatmap";
import type { Ramp } from "./ramp";

/** How a grid of thumbnails lies on its canvas, in the screen's own pixels. */
export interface ThumbnailGrid {
  /** Side of a thumbnail, and from one thumbnail to the next. */
  readonly tile: number;
  readonly pitch: number;
}

/** Paints the patterns of all heads onto one canvas: `layers[row][column]` is the head of that place. */
export function paintThumbnails(
  target: Pixels,
  layers: readonly (readonly Matrix[])[],
  { tile, pitch }: ThumbnailGrid,
  ramp: Ramp,
): void {
  layers.forEach((heads, row) => {
    heads.forEach((pattern, column) => {
      const box = { x: column * pitch, y: row * pitch, width: tile, height: tile };
      paint(target, box, pattern, ramp, 1);
    });
  });
}

/** The largest thumbnails, in CSS pixels, of which `count` with gaps between them fit `width`; whole screen pixels. */
export function tileSize(width: number, count: number, gap: number, most: number, density: number): number {
  const room = (width - gap * (count - 1)) / count;
  return Math.max(1, Math.floor(Math.min(room, most) * density)) / density;
}
