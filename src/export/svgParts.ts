import { number } from "../viz/format";
import type { Scale } from "../viz/painting";
import { channels, type Ramp, rampOf, stepOf, type Theme } from "../viz/ramp";
import { colours, type Drawing } from "./drawing";

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

/** A text in lines of at most `width` pixels. CJK breaks anywhere, the rest at spaces. */
export function wrapped(text: string, size: number, width: number): readonly string[] {
  const pieces = text.match(/[\u1100-\uffdc]|[^\s\u1100-\uffdc]+\s*|\s+/g) ?? [];
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

/** The cells of a matrix, one path per colour. */
export function cellPaths(
  drawing: Drawing,
  ramp: Ramp,
  x: number,
  y: number,
  width: number,
  height: number,
): string {
  const { matrix, limit } = drawing;
  const byStep = new Map<number, string[]>();
  matrix.data.forEach((value, at) => {
    const step = stepOf(ramp, value, limit);
    const row = Math.floor(at / matrix.columns);
    const column = at % matrix.columns;
    const path = `M${px(x + column * width)} ${px(y + row * height)}h${px(width)}v${px(height)}h${px(-width)}z`;
    const paths = byStep.get(step);
    if (paths === undefined) byStep.set(step, [path]);
    else paths.push(path);
  });
  return [...byStep]
    .map(([step, paths]) => `<path fill="${fill(ramp, step)}" d="${paths.join("")}"/>`)
    .join("\n");
}

function fill(ramp: Ramp, step: number): string {
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

/** An SVG document around what is drawn, with its caption below. */
export function svgDocument(
  caption: string,
  {
    width,
    height,
    theme,
    body,
  }: { readonly width: number; readonly height: number; readonly theme: Theme; readonly body: string },
): string {
  const { paper, ink } = colours(theme);
  const margin = 16;
  const lines = wrapped(caption, 12, width);
  const total = { width: width + 2 * margin, height: height + 2 * margin + 12 + lines.length * 17 };
  const words = lines.map((text, at) =>
    textPart({ x: 0, y: height + 22 + at * 17, text, size: 12, fill: ink }),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${px(total.width)}" height="${px(total.height)}" viewBox="${-margin} ${-margin} ${px(total.width)} ${px(total.height)}" font-family="${xml(FONT)}" role="img" aria-label="${xml(caption)}">
<title>${xml(caption)}</title>
<rect x="${-margin}" y="${-margin}" width="100%" height="100%" fill="${paper}"/>
${body}
${words.join("\n")}
</svg>
`;
}
