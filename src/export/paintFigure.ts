import type { Pixels } from "../viz/heatmap";
import { type Figure, type Piece, pieceSvg } from "./figure";
import { breathe, type Work } from "./work";

/** How long the page may stand still at a time while a figure is painted, in ms; and the SVG of the first try, in characters. */
const STILL = 60;
const FIRST = 16_384;

/**
 * Paints a figure from the upper left corner of a canvas, `density` pixels to a unit, and what the canvas does not hold
 * is cut off. A browser reads and paints an SVG document in one go, so it is given one for each lot of pieces, as large
 * as it takes without standing still.
 */
export async function paintFigure(
  figure: Figure,
  canvas: HTMLCanvasElement,
  density: number,
  work: Work,
): Promise<void> {
  // Each lot is read back to see how long it took; a canvas of a graphics card would be copied for that.
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (pen === null) throw new Error("no canvas");
  let most = FIRST;
  let lot: string[] = [];
  let length = 0;
  const paintLot = async () => {
    if (lot.length === 0) return;
    const svg = [figure.head, ...lot, figure.foot];
    lot = [];
    length = 0;
    await breathe(work);
    const image = await imageOf(svg);
    const before = performance.now();
    pen.drawImage(image, 0, 0, figure.width * density, figure.height * density);
    pen.getImageData(0, 0, 1, 1);
    const took = performance.now() - before;
    most = Math.max(FIRST / 4, Math.min(2 * most, (most * STILL) / Math.max(1, took)));
  };
  for (const [at, piece] of figure.pieces.entries()) {
    if (piece.picture !== undefined) {
      await paintLot();
      paintPicture(pen, figure, piece, density);
    } else {
      for (const part of pieceSvg(piece)) {
        lot.push(part);
        length += part.length;
        if (length > most) await paintLot();
      }
    }
    work.report(at / figure.pieces.length);
  }
  await paintLot();
}

/** An SVG document as an image. Rejects where the browser cannot read it. */
async function imageOf(svg: readonly string[]): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(new Blob([...svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Paints the pixels of a picture as cells with sharp edges; where they are smaller than the canvas's own, as their mean. */
function paintPicture(
  pen: CanvasRenderingContext2D,
  { margin }: Figure,
  { picture, clip = null }: Piece,
  density: number,
): void {
  if (picture === undefined) return;
  const { pixels, box, opacity } = picture;
  const cells = canvasOf(pixels());
  pen.save();
  pen.setTransform(density, 0, 0, density, margin * density, margin * density);
  if (clip !== null) {
    pen.beginPath();
    pen.rect(clip.x, clip.y, clip.width, clip.height);
    pen.clip();
  }
  pen.globalAlpha = opacity;
  pen.imageSmoothingEnabled = density * Math.min(box.width / cells.width, box.height / cells.height) < 1;
  pen.imageSmoothingQuality = "high";
  pen.drawImage(cells, box.x, box.y, box.width, box.height);
  pen.restore();
}

function canvasOf({ data, width, height }: Pixels): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d");
  const image = pen?.createImageData(width, height);
  image?.data.set(data);
  if (pen != null && image !== undefined) pen.putImageData(image, 0, 0);
  return canvas;
}
