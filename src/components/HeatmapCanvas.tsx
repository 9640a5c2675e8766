import { useCallback, useRef } from "react";
import { type Matrix, type Pixels, paint } from "../viz/heatmap";
import { scaleData } from "../viz/painting";
import { type RampKind, rampOf } from "../viz/ramp";
import styles from "./HeatmapCanvas.module.css";
import { useColourTheme } from "./useColourTheme";
import { usePainted } from "./usePainted";
import { useSize } from "./useSize";

interface Props {
  /** [rows, columns] */
  matrix: Matrix;
  kind: RampKind;
  /** The value at the end of the ramp. */
  limit: number;
  className?: string | undefined;
}

/** A matrix as an image that fills its box; what it says in words stands beside it. */
export function HeatmapCanvas({ matrix, kind, limit, className }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(canvas, { width: matrix.columns, height: matrix.rows });
  const ramp = rampOf(kind, useColourTheme());
  const width = Math.min(matrix.columns, deviceLength(size.width));
  const height = Math.min(matrix.rows, deviceLength(size.height));
  const draw = useCallback(
    (pixels: Pixels) => paint(pixels, { x: 0, y: 0, width, height }, matrix, ramp, limit),
    [width, height, matrix, ramp, limit],
  );
  usePainted(canvas, width, height, draw);
  return (
    <canvas ref={canvas} className={`${styles.canvas} ${className ?? ""}`} {...scaleData({ kind, limit })} />
  );
}

/** A length in the screen's own pixels: at least one. */
function deviceLength(length: number): number {
  return Math.max(1, Math.floor(length * window.devicePixelRatio));
}
