import type { Box } from "../../viz/heatmap";
import { type Painting, paintingOf, type Scale, scaleIn } from "../../viz/painting";
import { inLots, type Piece } from "../figure";
import { px, textPart } from "../svgParts";
import { boxParts } from "./boxParts";
import { drawnSvg } from "./drawnSvg";
import { isStretched, mathRules } from "./mathRules";
import { pixelPaths } from "./pixelPaths";
import { type Around, isSeen, textPieces } from "./textPieces";

/** A part of the page as what it is drawn of. */
export interface ScreenParts {
  readonly width: number;
  readonly height: number;
  /** What lies on top comes last. */
  readonly pieces: readonly Piece[];
  /** The ramps that its colours are of. */
  readonly scales: readonly NamedScale[];
}

/** A ramp, and what it is of. */
export interface NamedScale extends Scale {
  readonly name: string;
}

/**
 * A part of the page as it stands, as paths and text: boxes, bars, drawings, what was painted on canvases, and every text
 * where the browser has put it. Controls are left out: `data-figure`, for which the theme hides them, is set while it is
 * measured, and no frame is drawn meanwhile.
 */
export function screenParts(root: HTMLElement): ScreenParts {
  root.dataset.figure = "";
  try {
    const { left, top, width, height } = root.getBoundingClientRect();
    const parts: Part[] = [];
    const scales: NamedScale[] = [];
    walk(root, { left, top, opacity: 1, turn: 0, clip: null }, parts, scales);
    return { width, height, pieces: piecesOf(parts), scales: distinct(scales) };
  } finally {
    delete root.dataset.figure;
  }
}

/** What is drawn of an element: SVG, or what can be drawn later. Only what lies in `clip` is seen of it. */
interface Part {
  readonly drawn: string | Piece;
  readonly clip: Box | null;
}

function walk(element: Element, around: Around, parts: Part[], scales: NamedScale[]): void {
  const add = (...drawn: readonly (string | Piece)[]) => {
    for (const each of drawn) parts.push({ drawn: each, clip: null });
  };
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility !== "visible" || style.opacity === "0") return;
  // For screen readers alone.
  if (style.clipPath !== "none") return;
  const box = element.getBoundingClientRect();
  const opacity = around.opacity * Number(style.opacity);
  const place = {
    x: box.x - around.left,
    y: box.y - around.top,
    width: box.width,
    height: box.height,
  };
  const scale = element instanceof HTMLElement ? scaleIn(element.dataset) : null;
  if (scale !== null) scales.push({ ...scale, name: nameOf(element) });
  if (element instanceof SVGSVGElement) {
    if (isSeen(box, around.clip)) add(drawnSvg(element, around.left, around.top, opacity));
    return;
  }
  if (element instanceof HTMLCanvasElement) {
    const painting = paintingOf(element);
    if (painting === null) return;
    add(...painted(painting, place, opacity));
    return;
  }
  if (style.display !== "contents" && isSeen(box, around.clip) && around.turn === 0)
    add(...boxParts(style, place, opacity));
  if (element.namespaceURI?.endsWith("MathML")) {
    add(...mathRules(element, { ...around, opacity }, style));
    if (isStretched(element, style)) return;
  }
  const isCut = style.overflow !== "visible";
  const inside = {
    ...around,
    opacity,
    turn: around.turn + turnOf(style),
    clip: isCut ? smaller(around.clip, box) : around.clip,
  };
  const from = parts.length;
  for (const child of element.childNodes) {
    if (child instanceof Element) walk(child, inside, parts, scales);
    else if (child instanceof Text) add(...textPieces(child, inside));
  }
  const overflows =
    element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
  if (!isCut || !overflows || inside.clip === null || element.clientWidth === 0) return;
  const { x, y, width, height } = inside.clip;
  const clip = { x: x - around.left, y: y - around.top, width, height };
  // What is cut by an element inside is cut by this one too, as far as it is seen.
  for (let at = from; at < parts.length; at++) {
    const part = parts[at];
    if (part?.clip === null) parts[at] = { ...part, clip };
  }
}

/** The most characters of SVG that one piece is made of. */
const LONGEST = 16_384;

/** Parts as pieces: neighbours that are SVG already are one, as far as they are cut alike. */
function piecesOf(parts: readonly Part[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let open: { readonly clip: Box | null; readonly svg: string[]; length: number } | null = null;
  for (const { drawn, clip } of parts) {
    if (typeof drawn !== "string") {
      pieces.push({ ...drawn, clip });
      open = null;
    } else if (open !== null && open.clip === clip && open.length < LONGEST) {
      open.svg.push(drawn);
      open.length += drawn.length;
    } else {
      const svg = [drawn];
      open = { clip, svg, length: drawn.length };
      pieces.push({ svg: () => [svg.join("\n")], clip });
    }
  }
  return pieces;
}

/** What is in an element, its first or nearest name that a reader would hear. */
function nameOf(element: Element): string {
  const named = element.querySelector("[aria-label]") ?? element.closest("[aria-label]");
  return named?.getAttribute("aria-label") ?? "";
}

function painted(painting: Painting, { x, y, width, height }: Box, opacity: number): readonly Piece[] {
  const inside = (parts: string) => (opacity < 1 ? `<g opacity="${px(opacity)}">${parts}</g>` : parts);
  if (painting.kind === "strokes") {
    return inLots(painting.strokes, (strokes) => {
      const paths = strokes.map(({ x1, y1, x2, y2, colour, width: thick, opacity: ink }) => {
        const [from, to, middle] = [px(y1), px(y2), px((x1 + x2) / 2)];
        const path = `M${px(x1)} ${from}C${middle} ${from} ${middle} ${to} ${px(x2)} ${to}`;
        return `<path fill="none" stroke="${colour}" stroke-width="${px(thick)}" stroke-opacity="${px(ink)}" stroke-linecap="round" d="${path}"/>`;
      });
      return inside(`<g transform="translate(${px(x)} ${px(y)})">\n${paths.join("\n")}\n</g>`);
    });
  }
  if (painting.kind === "texts") {
    const { size, texts } = painting;
    const written = texts.map(({ text, x: right, y: down, colour }) =>
      // The middle of a digit is 0.36 em over its line.
      textPart({ x: x + right, y: y + down + 0.36 * size, text, size, fill: colour, anchor: "middle" }),
    );
    return texts.length === 0 ? [] : [{ svg: () => [inside(written.join("\n"))] }];
  }
  const pixels = () => {
    const drawn = {
      data: new Uint8ClampedArray(4 * painting.width * painting.height),
      width: painting.width,
      height: painting.height,
    };
    painting.draw(drawn);
    return drawn;
  };
  const placed = { x, y, scaleX: width / painting.width, scaleY: height / painting.height };
  const svg = function* () {
    for (const part of pixelPaths(pixels(), placed)) yield inside(part);
  };
  return [{ svg, picture: { pixels, box: { x, y, width, height }, opacity } }];
}

/** Degrees by which an element turns what is in it. */
function turnOf({ transform, writingMode }: CSSStyleDeclaration): number {
  const upright = writingMode.startsWith("vertical") ? 90 : 0;
  const [, a = "1", b = "0"] = /^matrix\(([-\d.e]+), ([-\d.e]+)/.exec(transform) ?? [];
  return upright + (Math.atan2(Number(b), Number(a)) * 180) / Math.PI;
}

function smaller(clip: DOMRect | null, box: DOMRect): DOMRect {
  if (clip === null) return box;
  const [left, top] = [Math.max(clip.left, box.left), Math.max(clip.top, box.top)];
  const [right, bottom] = [Math.min(clip.right, box.right), Math.min(clip.bottom, box.bottom)];
  return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
}

function distinct(scales: readonly NamedScale[]): readonly NamedScale[] {
  const known = new Map<string, NamedScale>();
  for (const scale of scales) {
    const key = `${scale.kind} ${scale.limit}`;
    const { name = scale.name } = known.get(key) ?? {};
    known.set(key, { ...scale, name: name.includes(scale.name) ? name : `${name}, ${scale.name}` });
  }
  return [...known.values()];
}
