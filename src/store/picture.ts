import type { Picture } from "../model/image";

/** Side of the pad that digits are drawn on, in pixels. */
export const PAD = 28;

/** A picture of the pad as one hexadecimal digit per pixel: sixteen greys are as many as a pen needs. */
export function packPicture({ data }: Picture): string {
  return Array.from(data, (value) => Math.round(value / 17).toString(16)).join("");
}

/** The picture that packPicture wrote. */
export function unpackPicture(packed: string): Picture {
  const data = Uint8Array.from(packed, (digit) => 17 * Number.parseInt(digit, 16));
  return { width: PAD, height: PAD, channels: 1, data };
}
