import type { Stroke } from "../../viz/painting";

/** A stretch of a canvas, in CSS pixels from its top. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * Draws the strokes that meet a stretch of a canvas anew, in order; what lies above and below stays. `scale`: pixels of the
 * canvas to one of CSS. The stretch is widened to whole pixels of the canvas, or its edge would show as a paler row.
 */
export function paintStrokes(
  pen: CanvasRenderingContext2D,
  strokes: readonly Stroke[],
  stretch: Stretch,
  scale: number,
): void {
  const from = Math.floor(stretch.from * scale) / scale;
  const to = Math.ceil(stretch.to * scale) / scale;
  const across = pen.canvas.width / scale;
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.save();
  pen.beginPath();
  pen.rect(0, from, across, to - from);
  pen.clip();
  pen.clearRect(0, from, across, to - from);
  pen.lineCap = "round";
  for (const { x1, y1, x2, y2, colour, width, opacity } of strokes) {
    if (Math.min(y1, y2) - width > to || Math.max(y1, y2) + width < from) continue;
    const middle = (x1 + x2) / 2;
    pen.globalAlpha = opacity;
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.beginPath();
    pen.moveTo(x1, y1);
    pen.bezierCurveTo(middle, y1, middle, y2, x2, y2);
    pen.stroke();
  }
  pen.restore();
}

/** The stretch of an element of this height that is in the window, widened to whole pixels; null where none is. */
export function stretchInView(element: Element, height: number): Stretch | null {
  const box = element.getBoundingClientRect();
  const each = height / Math.max(1, box.height);
  const from = Math.max(0, Math.floor(-box.top * each));
  const to = Math.min(height, Math.ceil((window.innerHeight - box.top) * each));
  return from < to ? { from, to } : null;
}
