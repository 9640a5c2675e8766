import { writeCsv } from "../../export/csv";
import type { Drawing } from "../../export/drawing";
import { heatmapSvg } from "../../export/heatmapSvg";
import { writeJson } from "../../export/json";
import { writeLatex } from "../../export/latex";
import { linesSvg } from "../../export/linesSvg";
import { writeNpy } from "../../export/npy";
import type { PickedSite } from "../../export/pickedSite";
import { pngOf } from "../../export/png";
import { writeSiteTensors } from "../../export/siteTensors";
import type { Theme } from "../../viz/ramp";

/** What a file of one site is made of. */
export interface Exported {
  readonly site: PickedSite;
  readonly drawing: Drawing;
  readonly drawnAs: "heatmap" | "lines";
  readonly paper: Theme;
}

export interface FileKind {
  /** Its name in messages, and what its button says. */
  readonly id: "png" | "svg" | "latex" | "csv" | "json" | "npy" | "safetensors";
  readonly extension: string;
  readonly type: string;
  write(what: Exported): Promise<Blob> | string | Uint8Array<ArrayBuffer>;
}

/** The figure of a site as SVG. */
export function svgOf({ drawing, drawnAs, paper }: Omit<Exported, "site">): string {
  return drawnAs === "lines" ? linesSvg(drawing, paper) : heatmapSvg(drawing, paper);
}

export const FIGURES: readonly FileKind[] = [
  { id: "png", extension: "png", type: "image/png", write: (what) => pngOf(svgOf(what)) },
  { id: "svg", extension: "svg", type: "image/svg+xml", write: svgOf },
  { id: "latex", extension: "tex", type: "text/plain", write: ({ drawing }) => writeLatex(drawing) },
];

const BINARY = "application/octet-stream";

export const NUMBERS: readonly FileKind[] = [
  { id: "csv", extension: "csv", type: "text/csv", write: ({ site }) => writeCsv(site) },
  { id: "json", extension: "json", type: "application/json", write: ({ site }) => writeJson(site) },
  { id: "npy", extension: "npy", type: BINARY, write: ({ site }) => writeNpy(site.tensor) },
  { id: "safetensors", extension: "safetensors", type: BINARY, write: ({ site }) => writeSiteTensors(site) },
];
