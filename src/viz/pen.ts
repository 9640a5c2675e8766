/** A point on the pad, in its pixels. */
export interface PadPoint {
  readonly x: number;
  readonly y: number;
}

/** Radius of the pen in pixels; the sample digits were drawn with the same one. */
const RADIUS = 1.3;

/** A square grey picture with a stroke from one point to another on it (a copy): soft at the edge, never lighter than before. */
export function stroked(pixels: Uint8Array, side: number, from: PadPoint, to: PadPoint): Uint8Array {
  const out = pixels.slice();
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = dx * dx + dy * dy;
  out.forEach((before, at) => {
    const x = (at % side) + 0.5;
    const y = Math.floor(at / side) + 0.5;
    const along =
      length === 0 ? 0 : Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / length));
    const distance = Math.hypot(x - from.x - along * dx, y - from.y - along * dy);
    const ink = Math.round(255 * Math.max(0, Math.min(1, RADIUS + 0.5 - distance)));
    if (ink > before) out[at] = ink;
  });
  return out;
}
