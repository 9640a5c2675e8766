import type { Theme } from "../viz/ramp";
import { colours } from "./drawing";
import { type Figure, type Piece, plain } from "./figure";
import { FONT, textPart, wrapped, xml } from "./svgParts";

/** A figure of what is drawn, with its caption below. */
export function captioned(
  caption: string,
  {
    width,
    height,
    theme,
    pieces,
  }: {
    readonly width: number;
    readonly height: number;
    readonly theme: Theme;
    readonly pieces: readonly Piece[];
  },
): Figure {
  const { paper, ink } = colours(theme);
  const margin = 16;
  const lines = wrapped(caption, 12, width);
  const total = {
    width: Math.ceil(width + 2 * margin),
    height: Math.ceil(height + 2 * margin + 12 + lines.length * 17),
  };
  const words = lines.map((text, at) =>
    textPart({ x: 0, y: height + 22 + at * 17, text, size: 12, fill: ink }),
  );
  return {
    ...total,
    margin,
    head: `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${total.width}" height="${total.height}" viewBox="${-margin} ${-margin} ${total.width} ${total.height}" font-family="${xml(FONT)}" role="img" aria-label="${xml(caption)}">
<title>${xml(caption)}</title>
`,
    foot: "</svg>\n",
    pieces: [
      plain(`<rect x="${-margin}" y="${-margin}" width="100%" height="100%" fill="${paper}"/>`),
      ...pieces,
      plain(...words),
    ],
  };
}
