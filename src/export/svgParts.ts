import { number } from "../viz/format";
import type { Scale } from "../viz/painting";
import { channels, type Ramp, rampOf, stepOf, type Theme } from "../viz/ramp";
import { colours } from "./drawing";

export const FONT = "Inter, 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', system-ui, sans-serif";

/** Text inside XML. Characters that XML forbids are left out. */
export function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** A number of pixels, short. */
export function px(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Width of a text in pixels, near enough to keep it off its neighbours: CJK is square, the rest about 0.56 em. */
export function textWidth(text: string, size: number): number {
  return [...text].reduce(
    (sum, character) => sum + (/[\u1100-\uffdc]/.test(character) ? size : size * 0.58),
    0,
  );
}

export interface TextPart {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly fill: string;
  readonly anchor?: "start" | "middle" | "end";
  /** Degrees about its own place. */
  readonly turn?: number;
}

/** A piece of text, as text. */
export function textPart({ x, y, text, size, fill, anchor = "start", turn }: TextPart): string {
  const turned = turn === undefined ? "" : ` transform="rotate(${turn} ${px(x)} ${px(y)})"`;
  return `<text x="${px(x)}" y="${px(y)}" font-size="${size}" fill="${fill}" text-anchor="${anchor}"${turned}>${xml(text)}</text>`;
}

/** A text in lines of at most `width` pixels. CJK breaks anywhere, the rest at spaces, and a word that fills more than a line within. */
export function wrapped(text: string, size: number, width: number): readonly string[] {
  const words = text.match(/[\u1100-\uffdc]|[^\s\u1100-\uffdc]+\s*|\s+/g) ?? [];
  const pieces = words.flatMap((word) => (textWidth(word, size) > width ? [...word] : [word]));
  const lines: string[] = [];
  let line = "";
  for (const piece of pieces) {
    if (line !== "" && textWidth(line + piece, size) > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += piece;
  }
  return [...lines, line.trimEnd()].filter((each) => each !== "");
}

/** The colour of a step as SVG viewers know it. */
export function fill(ramp: Ramp, step: number): string {
  return `rgb(${channels(ramp, step).join(",")})`;
}

const LEGEND = { width: 120, height: 8 };

/** The ramp with the numbers at its ends. */
export function legend(
  { kind, limit }: Scale,
  theme: Theme,
  x: number,
  y: number,
  [from, to]: readonly [string, string] = [number(kind === "sequential" ? 0 : -limit), number(limit)],
): string {
  const ramp = rampOf(kind, theme);
  const { soft, hair } = colours(theme);
  const least = kind === "sequential" ? 0 : -limit;
  const bars = Array.from({ length: LEGEND.width }, (_, at) => {
    const value = least + ((limit - least) * at) / (LEGEND.width - 1);
    return `<path fill="${fill(ramp, stepOf(ramp, value, limit))}" d="M${px(x + at)} ${px(y)}h1.2v${LEGEND.height}h-1.2z"/>`;
  });
  return [
    ...bars,
    `<path fill="none" stroke="${hair}" d="M${px(x)} ${px(y)}h${LEGEND.width}v${LEGEND.height}h${-LEGEND.width}z"/>`,
    textPart({ x, y: y + 20, text: from, size: 10, fill: soft }),
    textPart({
      x: x + LEGEND.width,
      y: y + 20,
      text: to,
      size: 10,
      fill: soft,
      anchor: "end",
    }),
  ].join("\n");
}
