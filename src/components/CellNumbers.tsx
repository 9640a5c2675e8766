import { useLayoutEffect, useRef } from "react";
import { cellNumbers } from "../viz/cellNumbers";
import type { Matrix } from "../viz/heatmap";
import { keepPainting } from "../viz/painting";
import type { Ramp } from "../viz/ramp";
import styles from "./MatrixGrid.module.css";
import { useSize } from "./useSize";

interface Props {
  matrix: Matrix;
  ramp: Ramp;
  limit: number;
}

const UNKNOWN = { width: 0, height: 0 };

/**
 * The numbers of a grid's cells, short, on one canvas over them: as hundreds of texts they would take longer to lay out than the
 * pass that they come from. They are drawn only: the cell's name is the exact number.
 */
export function CellNumbers({ matrix, ramp, limit }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width } = useSize(canvas, UNKNOWN);
  useLayoutEffect(() => {
    const draw = () => {
      const target = canvas.current;
      if (target === null || width === 0) return;
      const cell = width / matrix.columns;
      const { fontFamily, color: faint } = getComputedStyle(target);
      // In front of a class the page is enlarged; a browser that cannot say by how much has none of it.
      const zoom = target.currentCSSZoom ?? 1;
      const { size, texts } = cellNumbers(cell, { matrix, ramp, limit, faint, zoom });
      keepPainting(target, { kind: "texts", size, texts });
      const context = target.getContext("2d");
      if (!context) return;
      const ratio = window.devicePixelRatio * zoom;
      const [across, down] = [Math.round(width * ratio), Math.round(cell * matrix.rows * ratio)];
      // Setting a size, be it the same, gives the canvas new memory.
      if (target.width !== across) target.width = across;
      if (target.height !== down) target.height = down;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, across, down);
      context.font = `${size}px ${fontFamily}`;
      context.textAlign = "center";
      context.textBaseline = "middle";
      for (const { text, x, y, colour } of texts) {
        context.fillStyle = colour;
        context.fillText(text, x, y);
      }
    };
    draw();
    if (document.fonts?.status === "loading") void document.fonts.ready.then(draw);
  }, [width, matrix, ramp, limit]);
  return <canvas ref={canvas} className={styles.numbers} />;
}
