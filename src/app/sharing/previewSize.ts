import type { Figure } from "../../export/figure";

/** The room of a preview, in CSS pixels. */
const ROOM = { width: 660, height: 260 };
/** Smaller than this nothing can be made out; then a part is shown, this large. */
const LEAST = 0.1;
const PART = 0.5;

/** How a figure is previewed: its size on the page, pixels of the page to a unit of it, and whether all of it is shown. */
export interface PreviewSize {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly isWhole: boolean;
}

/** The whole figure, as large as there is room; of one that is far larger than that its upper left part. */
export function previewSize({ width, height }: Pick<Figure, "width" | "height">): PreviewSize {
  const fitting = Math.min(1, ROOM.width / width, ROOM.height / height);
  const isWhole = fitting >= LEAST;
  const scale = isWhole ? fitting : PART;
  return {
    width: Math.min(ROOM.width, width * scale),
    height: Math.min(ROOM.height, height * scale),
    scale,
    isWhole,
  };
}
