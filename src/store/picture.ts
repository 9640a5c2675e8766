import type { Picture } from "../model/image";
import { shippedModel } from "../model/registry";

export type { Picture } from "../model/image";

/** Side of the pad that digits are drawn on, in pixels. */
export const PAD = 28;

/** A grey picture of the pad: 0 (paper) … 255 (ink), row by row. */
export function padPicture(data: Uint8Array): Picture {
  return { width: PAD, height: PAD, channels: 1, data };
}

/** An empty pad. */
export const BLANK = padPicture(new Uint8Array(PAD * PAD));

/** A picture of the pad as one hexadecimal digit per pixel: sixteen greys are as many as a pen needs. */
export function packPicture({ data }: Picture): string {
  return Array.from(data, (value) => Math.round(value / 17).toString(16)).join("");
}

/** The picture that packPicture wrote. */
export function unpackPicture(packed: string): Picture {
  return padPicture(Uint8Array.from(packed, (digit) => 17 * Number.parseInt(digit, 16)));
}

/** The picture that a shipped model of images begins with; null for any other model. */
export function firstPicture(model: string): Picture | null {
  const shipped = shippedModel(model);
  return shipped?.kind === "image" ? unpackPicture(shipped.example) : null;
}
