import { type RefObject, useLayoutEffect } from "react";
import type { Pixels } from "../viz/heatmap";
import { keepPainting } from "../viz/painting";

/** Paints a canvas of `width` × `height` pixels before the next frame, each time that `draw` changes. */
export function usePainted(
  canvas: RefObject<HTMLCanvasElement | null>,
  width: number,
  height: number,
  draw: (pixels: Pixels) => void,
): void {
  useLayoutEffect(() => {
    const target = canvas.current;
    if (target === null || width === 0 || height === 0) return;
    // Setting a size, be it the same, gives the canvas new memory; every pixel is painted anyway.
    if (target.width !== width) target.width = width;
    if (target.height !== height) target.height = height;
    const context = target.getContext("2d");
    if (context === null) return;
    const image = context.createImageData(width, height);
    draw(image);
    context.putImageData(image, 0, 0);
    keepPainting(target, { kind: "pixels", width, height, draw });
  }, [canvas, width, height, draw]);
}
