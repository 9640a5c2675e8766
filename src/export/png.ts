import { encodePng } from "./encodePng";
import type { Figure } from "./figure";
import { paintFigure } from "./paintFigure";
import type { Work } from "./work";

/** Pixels per unit of the figure: sharp in print and on dense screens. */
export const DENSITY = 2;
/** The most pixels of a side, and of all, that browsers draw on a canvas; beyond that they draw nothing, and do not say so. */
const LONGEST = 16_384;
const MOST = 1 << 26;
/** As many as the least of them draw. */
const SURE = 1 << 24;

/** The most pixels that this browser is believed to draw: fewer once a canvas of more has stayed blank. */
let most = MOST;

/** Pixels per unit of a figure as a PNG: twice its size, or as much as a canvas takes. */
export function densityOf({ width, height }: Pick<Figure, "width" | "height">): number {
  return Math.min(DENSITY, LONGEST / width, LONGEST / height, Math.sqrt(most / (width * height)));
}

/** A canvas for a figure, with a mark in its last corner to see that it holds as much. */
function canvasFor(figure: Figure, density: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = Math.floor(figure.width * density);
  canvas.height = Math.floor(figure.height * density);
  canvas.getContext("2d", { willReadFrequently: true })?.fillRect(canvas.width - 1, canvas.height - 1, 1, 1);
  return canvas;
}

/** Whether the last pixel of a canvas has any colour. */
function isPainted(canvas: HTMLCanvasElement): boolean {
  const { width, height } = canvas;
  const pen = canvas.getContext("2d");
  return (pen?.getImageData(width - 1, height - 1, 1, 1).data[3] ?? 0) > 0;
}

/** A figure as a PNG. Rejects where the browser cannot draw it: a picture is never blank. */
export async function pngOf(figure: Figure, work: Work): Promise<Blob> {
  let canvas = canvasFor(figure, densityOf(figure));
  if (!isPainted(canvas) && most > SURE) {
    most = SURE;
    canvas = canvasFor(figure, densityOf(figure));
  }
  if (!isPainted(canvas)) throw new Error("the picture is too large");
  await paintFigure(figure, canvas, densityOf(figure), work);
  return encodePng(canvas, work);
}
