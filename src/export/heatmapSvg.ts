import type { Theme } from "../viz/ramp";
import { colours, type Drawing, type DrawnAxis, rampFor } from "./drawing";
import { cellPaths, legend, svgDocument, textPart, textWidth } from "./svgParts";

/** Sides of a cell: of tokens, and of the dimensions of vectors, which are many. */
const TOKEN = 24;
const DIMENSION = 4;
/** No figure is wider than this: a page is not either. */
const WIDEST = 1600;
const SIZE = 12;

/** A matrix as an SVG figure: cells as paths, labels as text, the ramp with its ends, the caption. */
export function heatmapSvg(drawing: Drawing, theme: Theme): string {
  const { rows, columns } = drawing;
  const ink = colours(theme);
  const cellWidth = side(columns);
  const cellHeight = rows.role === "dimension" ? DIMENSION : Math.min(TOKEN, Math.max(cellWidth, 14));
  const left = Math.max(24, widest(rows)) + 26;
  const top = (columns.role === "dimension" ? 0 : widest(columns)) + 28;
  const width = cellWidth * columns.labels.length;
  const height = cellHeight * rows.labels.length;
  const every = Math.max(1, Math.ceil(14 / cellHeight));
  const rowLabels = rows.labels.map((text, at) =>
    at % every === 0
      ? textPart({
          x: left - 6,
          y: top + (at + 0.5) * cellHeight + 4,
          text,
          size: SIZE,
          fill: ink[rows.role],
          anchor: "end",
        })
      : "",
  );
  const across = Math.max(1, Math.ceil(14 / cellWidth));
  const columnLabels = columns.labels.map((text, at) =>
    columns.role !== "dimension" && at % across === 0
      ? textPart({
          x: left + (at + 0.5) * cellWidth + 4,
          y: top - 6,
          text,
          size: SIZE,
          fill: ink[columns.role],
          turn: -90,
        })
      : "",
  );
  const names = [
    textPart({ x: left, y: 10, text: `${columns.name} →`, size: 11, fill: ink[columns.role] }),
    textPart({ x: 10, y: top + height, text: `← ${rows.name}`, size: 11, fill: ink[rows.role], turn: -90 }),
  ];
  const body = [
    cellPaths(drawing, rampFor(drawing, theme), left, top, cellWidth, cellHeight),
    ...rowLabels,
    ...columnLabels,
    ...names,
    legend(drawing, theme, left, top + height + 14),
  ].filter((part) => part !== "");
  return svgDocument(drawing.caption, {
    width: Math.max(left + width, left + 124, 280),
    height: top + height + 38,
    theme,
    body: body.join("\n"),
  });
}

function side({ role, labels }: DrawnAxis): number {
  const wished = role === "dimension" ? (labels.length > 1 ? DIMENSION : TOKEN) : TOKEN;
  return Math.min(wished, WIDEST / Math.max(1, labels.length));
}

function widest({ labels, role }: DrawnAxis): number {
  return role === "dimension" ? 24 : Math.max(0, ...labels.map((label) => textWidth(label, SIZE)));
}
