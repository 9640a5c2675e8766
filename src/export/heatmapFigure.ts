import type { Theme } from "../viz/ramp";
import { captioned } from "./captioned";
import { cells } from "./cells";
import { colours, type Drawing, type DrawnAxis, rampFor } from "./drawing";
import { type Figure, plain } from "./figure";
import { legend, textPart, textWidth } from "./svgParts";

/** Sides of a cell: of tokens, and of the dimensions of vectors, which are many. */
const TOKEN = 24;
const DIMENSION = 4;
/** No figure is wider than this: a page is not either. */
const WIDEST = 1600;
const SIZE = 12;

/** A matrix as a figure: its cells, labels as text, the ramp with its ends, the caption. */
export function heatmapFigure(drawing: Drawing, theme: Theme): Figure {
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
  const labels = [...rowLabels, ...columnLabels].filter((part) => part !== "");
  return captioned(drawing.caption, {
    width: Math.max(left + width, left + 124, 280),
    height: top + height + 38,
    theme,
    pieces: [
      cells(drawing, rampFor(drawing, theme), { x: left, y: top, scaleX: cellWidth, scaleY: cellHeight }),
      plain(...labels, ...names, legend(drawing, theme, left, top + height + 14)),
    ],
  });
}

function side({ role, labels }: DrawnAxis): number {
  const wished = role === "dimension" ? (labels.length > 1 ? DIMENSION : TOKEN) : TOKEN;
  return Math.min(wished, WIDEST / Math.max(1, labels.length));
}

function widest({ labels, role }: DrawnAxis): number {
  return role === "dimension" ? 24 : Math.max(0, ...labels.map((label) => textWidth(label, SIZE)));
}
