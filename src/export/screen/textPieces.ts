import { px, xml } from "../svgParts";
import { painted, paintOf } from "./colour";

/** What holds for a text because of what is around it. */
export interface Around {
  /** Where the figure begins on the screen. */
  readonly left: number;
  readonly top: number;
  readonly opacity: number;
  /** Degrees by which it is turned. */
  readonly turn: number;
  /** What of it is seen; null where nothing cuts it. */
  readonly clip: DOMRect | null;
}

/** A text node as text, a piece for each line of it, where the browser has put it. */
export function textPieces(node: Text, around: Around): readonly string[] {
  const parent = node.parentElement;
  if (parent === null || node.data.trim() === "") return [];
  const style = getComputedStyle(parent);
  const paint = paintOf(style.color);
  if (paint === null) return [];
  const shared = [
    `font-family="${xml(style.fontFamily)}"`,
    `font-size="${px(Number.parseFloat(style.fontSize))}"`,
    style.fontWeight === "400" ? "" : `font-weight="${style.fontWeight}"`,
    style.fontStyle === "normal" ? "" : `font-style="${style.fontStyle}"`,
    style.direction === "rtl" ? 'direction="rtl"' : "",
    painted("fill", paint, around.opacity),
  ].filter((part) => part !== "");
  const spelt = (text: string) => (style.textTransform === "uppercase" ? text.toUpperCase() : text);
  return linesOf(node).flatMap((line) => {
    const { text, box } = cut(line, around.clip);
    if (!isSeen(box, around.clip)) return [];
    const content = xml(spelt(text.replace(/\s+/g, " ").trim()));
    if (content === "") return [];
    if (around.turn !== 0) {
      const [x, y] = [px(box.x + box.width / 2 - around.left), px(box.y + box.height / 2 - around.top)];
      return [
        `<text x="${x}" y="${y}" text-anchor="middle" dominant-baseline="central" transform="rotate(${px(around.turn)} ${x} ${y})" ${shared.join(" ")}>${content}</text>`,
      ];
    }
    const x = (style.direction === "rtl" ? box.right : box.left) - around.left;
    const y = box.top - around.top + box.height * ascentOf(style);
    // The width keeps the layout where another font stands in.
    return [
      `<text x="${px(x)}" y="${px(y)}" textLength="${px(box.width)}" lengthAdjust="spacingAndGlyphs" ${shared.join(" ")}>${content}</text>`,
    ];
  });
}

interface Line {
  readonly text: string;
  readonly box: DOMRect;
}

/** A line that its box cuts off, as far as it is seen. */
function cut({ text, box }: Line, clip: DOMRect | null): Line {
  if (clip === null || box.right <= clip.right + 1 || box.left >= clip.right) return { text, box };
  const letters = [...text];
  const kept = Math.max(1, Math.floor((letters.length * (clip.right - box.left)) / box.width) - 1);
  return {
    text: `${letters.slice(0, kept).join("")}…`,
    box: new DOMRect(box.x, box.y, clip.right - box.left, box.height),
  };
}

/** The lines into which the browser has broken a text. */
function linesOf(node: Text): readonly Line[] {
  const range = document.createRange();
  // Spaces at the ends have a width where other text follows, but nothing to draw.
  const ink = node.data.trim();
  const from = node.data.indexOf(ink);
  range.setStart(node, from);
  range.setEnd(node, from + ink.length);
  const boxes = [...range.getClientRects()].filter(({ width }) => width > 0);
  if (boxes.length <= 1) return boxes.map((box) => ({ text: ink, box }));
  const lines: { text: string; box: DOMRect }[] = [];
  for (const { 0: word, index } of node.data.matchAll(/[\u1100-\uffdc]|[^\s\u1100-\uffdc]+\s*|\s+/g)) {
    range.setStart(node, index);
    range.setEnd(node, index + Math.max(1, word.trimEnd().length));
    const box = range.getBoundingClientRect();
    const line = lines.at(-1);
    if (box.width === 0) continue;
    if (line === undefined || box.top >= line.box.bottom - 1 || box.bottom <= line.box.top + 1)
      lines.push({ text: word, box });
    else {
      line.text += word;
      const left = Math.min(line.box.left, box.left);
      line.box = new DOMRect(left, line.box.top, Math.max(line.box.right, box.right) - left, line.box.height);
    }
  }
  return lines;
}

/** Whether the middle of a box is not cut away. */
export function isSeen(box: DOMRect, clip: DOMRect | null): boolean {
  if (clip === null) return true;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  return x >= clip.left && x <= clip.right && y >= clip.top && y <= clip.bottom;
}

const ascents = new Map<string, number>();

/** The part of a line's box that lies above its baseline. */
function ascentOf({ font }: CSSStyleDeclaration): number {
  const known = ascents.get(font);
  if (known !== undefined) return known;
  const pen = document.createElement("canvas").getContext("2d");
  if (pen === null) return 0.8;
  pen.font = font;
  const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = pen.measureText("x");
  const ascent = above + below > 0 ? above / (above + below) : 0.8;
  ascents.set(font, ascent);
  return ascent;
}
