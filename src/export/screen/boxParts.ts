import { px } from "../svgParts";
import { painted, paintOf } from "./colour";

/** A rectangle of a figure, from its upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Background, bars and borders of an element, as paths. */
export function boxParts(style: CSSStyleDeclaration, box: Box, opacity: number): readonly string[] {
  return [background(style, box, opacity), bar(style, box, opacity), ...borders(style, box, opacity)].filter(
    (part) => part !== "",
  );
}

function rect({ x, y, width, height }: Box, radius: number, paint: string): string {
  const round = radius > 0.5 ? ` rx="${px(Math.min(radius, width / 2, height / 2))}"` : "";
  return `<rect x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}"${round} ${paint}/>`;
}

function background(style: CSSStyleDeclaration, box: Box, opacity: number): string {
  const paint = paintOf(style.backgroundColor);
  if (paint === null) return "";
  return rect(box, Number.parseFloat(style.borderTopLeftRadius) || 0, painted("fill", paint, opacity));
}

/** A gradient of one colour that fills a part of its box is how a bar is written in CSS. */
function bar(style: CSSStyleDeclaration, box: Box, opacity: number): string {
  const flat = /^linear-gradient\((rgba?\([^)]*\)|color\([^)]*\))(?: [\d.]+%)?, \1(?: [\d.]+%)?\)$/.exec(
    style.backgroundImage,
  );
  const paint = paintOf(flat?.[1] ?? "");
  if (paint === null) return "";
  const [w = "100%", h = w] = parted(style.backgroundSize);
  const [left = "0%", top = "0%"] = parted(style.backgroundPosition);
  const width = length(w, box.width);
  const height = length(h, box.height);
  const x = box.x + length(left, box.width - width);
  const y = box.y + length(top, box.height - height);
  return rect({ x, y, width, height }, 0, painted("fill", paint, opacity));
}

/** "calc(50% + 4px) 0px" in its two parts. */
function parted(value: string): string[] {
  return value.match(/calc\([^)]*\)|[^\s,]+/g) ?? [];
}

/** A computed length: a share of `whole` and pixels, or "auto", which is all of it. */
function length(value: string, whole: number): number {
  if (value === "auto") return whole;
  const share = Number(/([-\d.]+)%/.exec(value)?.[1] ?? 0);
  const pixels = /([-+] )?([-\d.]+)px/.exec(value);
  const sign = pixels?.[1]?.startsWith("-") === true ? -1 : 1;
  return (share / 100) * whole + sign * Number(pixels?.[2] ?? 0);
}

const SIDES = ["top", "right", "bottom", "left"] as const;

function borders(style: CSSStyleDeclaration, box: Box, opacity: number): readonly string[] {
  const sides = SIDES.map((side) => ({
    side,
    width: Number.parseFloat(style.getPropertyValue(`border-${side}-width`)) || 0,
    kind: style.getPropertyValue(`border-${side}-style`),
    colour: style.getPropertyValue(`border-${side}-color`),
  })).filter(({ width, kind, colour }) => width > 0 && !/none|hidden/.test(kind) && paintOf(colour) !== null);
  const [first] = sides;
  if (first === undefined) return [];
  const same = sides.length === 4 && sides.every(({ colour }) => colour === first.colour);
  const paint = (colour: string, width: number, kind: string) => {
    const made = paintOf(colour);
    const dash = kind === "dashed" ? ` stroke-dasharray="${px(3 * width)}"` : "";
    return made === null
      ? ""
      : `fill="none" ${painted("stroke", made, opacity)} stroke-width="${px(width)}"${dash}`;
  };
  if (same) {
    const half = first.width / 2;
    const inner = {
      x: box.x + half,
      y: box.y + half,
      width: box.width - first.width,
      height: box.height - first.width,
    };
    const radius = Number.parseFloat(style.borderTopLeftRadius) || 0;
    return [rect(inner, radius, paint(first.colour, first.width, first.kind))];
  }
  return sides.map(
    ({ side, width, kind, colour }) =>
      `<path d="${edge(side, box, width / 2)}" ${paint(colour, width, kind)}/>`,
  );
}

function edge(side: (typeof SIDES)[number], { x, y, width, height }: Box, inset: number): string {
  switch (side) {
    case "top":
      return `M${px(x)} ${px(y + inset)}h${px(width)}`;
    case "bottom":
      return `M${px(x)} ${px(y + height - inset)}h${px(width)}`;
    case "left":
      return `M${px(x + inset)} ${px(y)}v${px(height)}`;
    default:
      return `M${px(x + width - inset)} ${px(y)}v${px(height)}`;
  }
}
