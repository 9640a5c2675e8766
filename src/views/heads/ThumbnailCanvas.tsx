import { memo, useCallback, useRef } from "react";
import { useColourTheme } from "../../components/useColourTheme";
import { usePainted } from "../../components/usePainted";
import type { Pixels } from "../../viz/heatmap";
import { scaleData } from "../../viz/painting";
import { rampOf } from "../../viz/ramp";
import { paintThumbnails } from "../../viz/thumbnails";
import styles from "./HeadGrid.module.css";
import type { HeadRow } from "./headRows";

interface Props {
  rows: readonly HeadRow[];
  /** Side of a thumbnail and the space between two, in CSS pixels. */
  tile: number;
  gap: number;
}

/** Attention, 0 … 1. */
const SHARES = scaleData({ kind: "sequential", limit: 1 });

/** The patterns of all heads on one canvas, in the screen's own pixels. */
export const ThumbnailCanvas = memo(function ThumbnailCanvas({ rows, tile, gap }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const ramp = rampOf("sequential", useColourTheme());
  const density = window.devicePixelRatio;
  const most = Math.max(1, ...rows.map((row) => row.heads.length));
  const side = Math.round(tile * density);
  const pitch = Math.round((tile + gap) * density);
  const width = (most - 1) * pitch + side;
  const height = (Math.max(1, rows.length) - 1) * pitch + side;
  const draw = useCallback(
    (pixels: Pixels) => {
      const layers = rows.map((row) => row.heads);
      paintThumbnails(pixels, layers, { tile: side, pitch }, ramp);
    },
    [rows, side, pitch, ramp],
  );
  usePainted(canvas, width, height, draw);
  return (
    <canvas
      ref={canvas}
      className={styles.canvas}
      {...SHARES}
      style={{ width: width / density, height: height / density }}
    />
  );
});
