import { csvLots } from "../../export/csv";
import type { Drawing } from "../../export/drawing";
import { type Figure, svgLots } from "../../export/figure";
import { heatmapFigure } from "../../export/heatmapFigure";
import { jsonLots } from "../../export/json";
import { latexLots } from "../../export/latex";
import { linesFigure } from "../../export/linesFigure";
import { writeNpy } from "../../export/npy";
import type { PickedSite } from "../../export/pickedSite";
import { pngOf } from "../../export/png";
import { writeSiteTensors } from "../../export/siteTensors";
import { collected, type Work } from "../../export/work";
import type { Theme } from "../../viz/ramp";

/** What a file of one site is made of. */
export interface Exported {
  readonly site: PickedSite;
  readonly drawing: Drawing;
  readonly figure: Figure;
}

export interface FileKind<From> {
  /** Its name in messages, and what its button says. */
  readonly id: "png" | "svg" | "latex" | "csv" | "json" | "npy" | "safetensors";
  readonly extension: string;
  write(what: From, work: Work): Promise<Blob>;
}

/** The figure of a site. */
export function figureOf(drawing: Drawing, drawnAs: "heatmap" | "lines", paper: Theme): Figure {
  return drawnAs === "lines" ? linesFigure(drawing, paper) : heatmapFigure(drawing, paper);
}

/** The kinds of files that any figure can be saved as. */
export const PICTURES: readonly FileKind<Pick<Exported, "figure">>[] = [
  { id: "png", extension: "png", write: ({ figure }, work) => pngOf(figure, work) },
  {
    id: "svg",
    extension: "svg",
    write: ({ figure }, work) => collected(svgLots(figure), "image/svg+xml", work),
  },
];

export const FIGURES: readonly FileKind<Exported>[] = [
  ...PICTURES,
  {
    id: "latex",
    extension: "tex",
    write: ({ drawing }, work) => collected(latexLots(drawing), "text/plain", work),
  },
];

/** Bytes, which are made in one go. */
export const BINARY = "application/octet-stream";

export const NUMBERS: readonly FileKind<Exported>[] = [
  { id: "csv", extension: "csv", write: ({ site }, work) => collected(csvLots(site), "text/csv", work) },
  {
    id: "json",
    extension: "json",
    write: ({ site }, work) => collected(jsonLots(site), "application/json", work),
  },
  {
    id: "npy",
    extension: "npy",
    write: ({ site }, work) => collected([writeNpy(site.tensor)], BINARY, work),
  },
  {
    id: "safetensors",
    extension: "safetensors",
    write: ({ site }, work) => collected([writeSiteTensors(site)], BINARY, work),
  },
];
