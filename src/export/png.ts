/** Pixels per unit of the figure: sharp in print and on dense screens. */
export const DENSITY = 2;
/** The most pixels of a side, and of all, that browsers draw on a canvas; beyond that they draw nothing, and do not say so. */
const LONGEST = 16_384;
const MOST = 1 << 26;

/** Pixels per unit of an SVG figure as a PNG: twice its size, or as much as a canvas takes. */
export function densityOf(svg: string): number {
  const [, width = "1", height = "1"] = /<svg [^>]*width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  const [across, down] = [Number(width), Number(height)];
  return Math.min(DENSITY, LONGEST / across, LONGEST / down, Math.sqrt(MOST / (across * down)));
}

/** An SVG figure as a PNG. Rejects where the browser cannot draw it. */
export async function pngOf(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  const tooLarge = () => new Error("the picture is too large");
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const density = densityOf(svg);
    const canvas = document.createElement("canvas");
    canvas.width = Math.floor(image.naturalWidth * density);
    canvas.height = Math.floor(image.naturalHeight * density);
    const pen = canvas.getContext("2d");
    if (pen === null) throw tooLarge();
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob === null ? reject(tooLarge()) : resolve(blob)), "image/png");
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
