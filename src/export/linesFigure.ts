import { number } from "../viz/format";
import type { Theme } from "../viz/ramp";
import { FAINTEST, type LineFrame, lineOf, tokenY } from "../viz/sightlines";
import { captioned } from "./captioned";
import { colours, type Drawing } from "./drawing";
import { type Figure, inLots, plain } from "./figure";
import { px, textPart, textWidth } from "./svgParts";

const SIZE = 13;
const PITCH = 26;
const SPAN = 240;
/** Shares whose line widths the legend shows. */
const SHARES = [1, 0.5, 0.1];

/** A pattern as sight-lines from queries (left) to keys (right): the paths of the view, width and ink say how much. */
export function linesFigure(drawing: Drawing, theme: Theme): Figure {
  const { matrix, rows, columns } = drawing;
  const ink = colours(theme);
  const left = Math.max(40, ...rows.labels.map((label) => textWidth(label, SIZE))) + 10;
  const right = Math.max(40, ...columns.labels.map((label) => textWidth(label, SIZE))) + 10;
  const frame: LineFrame = { from: left, to: left + SPAN, pitch: PITCH, top: 34 };
  const seen = Array.from(matrix.data.keys())
    .filter((at) => (matrix.data[at] ?? 0) >= FAINTEST)
    .sort((a, b) => (matrix.data[a] ?? 0) - (matrix.data[b] ?? 0));
  const drawn = (at: number) => {
    const { path, width, opacity } = lineOf(
      Math.floor(at / matrix.columns),
      at % matrix.columns,
      matrix.data[at] ?? 0,
      frame,
    );
    return `<path fill="none" stroke="${ink.line}" stroke-width="${px(width)}" stroke-opacity="${px(opacity)}" d="${path}"/>`;
  };
  const froms = rows.labels.map((text, at) =>
    textPart({
      x: frame.from - 8,
      y: tokenY(at, frame) + 4,
      text,
      size: SIZE,
      fill: ink.query,
      anchor: "end",
    }),
  );
  const tos = columns.labels.map((text, at) =>
    textPart({ x: frame.to + 8, y: tokenY(at, frame) + 4, text, size: SIZE, fill: ink.key }),
  );
  const bottom = tokenY(Math.max(rows.labels.length, columns.labels.length), frame);
  const shown = SHARES.flatMap((share, at) => {
    const x = left + at * 84;
    return [
      `<path fill="none" stroke="${ink.line}" stroke-width="${px(0.8 + 7 * share)}" stroke-opacity="${px(0.12 + 0.88 * share)}" d="M${px(x)} ${px(bottom)}h30"/>`,
      textPart({ x: x + 36, y: bottom + 4, text: number(share), size: 10, fill: ink.soft }),
    ];
  });
  const names = [
    textPart({ x: frame.from - 8, y: 10, text: rows.name, size: 11, fill: ink.query, anchor: "end" }),
    textPart({ x: frame.to + 8, y: 10, text: columns.name, size: 11, fill: ink.key }),
  ];
  return captioned(drawing.caption, {
    width: left + SPAN + right,
    height: bottom + 10,
    theme,
    pieces: [
      ...inLots(seen, (some) => some.map(drawn).join("\n")),
      plain(...froms, ...tos, ...names, ...shown),
    ],
  });
}
