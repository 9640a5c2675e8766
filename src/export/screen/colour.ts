import { px } from "../svgParts";

/** A computed colour as SVG viewers know it, and how much of it covers what lies below. */
export interface Paint {
  readonly colour: string;
  readonly opacity: number;
}

const RGB = /^rgba?\(\s*([\d.]+)[ ,]+([\d.]+)[ ,]+([\d.]+)(?:[ ,/]+([\d.]+)(%?))?\s*\)$/;
const WIDE = /^color\(srgb ([-\d.e]+) ([-\d.e]+) ([-\d.e]+)(?: \/ ([\d.]+))?\)$/;

/** Reads rgb(…) and color(srgb …), the two forms that browsers compute; null for what is not seen or not known. */
export function paintOf(computed: string): Paint | null {
  const plain = RGB.exec(computed);
  if (plain !== null) {
    const [, r = "0", g = "0", b = "0", alpha = "1", percent = ""] = plain;
    const opacity = Number(alpha) / (percent === "" ? 1 : 100);
    return opacity === 0 ? null : { colour: rgb([r, g, b].map(Number)), opacity };
  }
  const wide = WIDE.exec(computed);
  if (wide === null) return null;
  const [, r = "0", g = "0", b = "0", alpha = "1"] = wide;
  return Number(alpha) === 0
    ? null
    : { colour: rgb([r, g, b].map((part) => 255 * Number(part))), opacity: Number(alpha) };
}

function rgb(parts: readonly number[]): string {
  return `rgb(${parts.map((part) => Math.round(Math.min(255, Math.max(0, part)))).join(",")})`;
}

/** The attributes that paint with it: `fill` or `stroke`. */
export function painted(by: "fill" | "stroke", { colour, opacity }: Paint, over = 1): string {
  const all = opacity * over;
  return `${by}="${colour}"${all < 1 ? ` ${by}-opacity="${px(all)}"` : ""}`;
}
