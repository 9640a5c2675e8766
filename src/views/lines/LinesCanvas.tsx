import { memo, useLayoutEffect, useRef } from "react";
import { useColourTheme } from "../../components/useColourTheme";
import { useSize } from "../../components/useSize";
import { categorical } from "../../viz/categorical";
import type { HeadLine } from "../../viz/headLines";
import styles from "./Lines.module.css";

interface Props {
  lines: readonly HeadLine[];
  /** The number of each drawn head among all heads on offer: its colour. */
  colours: readonly number[];
  /** Distance of two tokens in CSS pixels, and how many there are on the longer side. */
  pitch: number;
  tokens: number;
  /** Whether other lines stand out just now. */
  isAside: boolean;
}

/** No browser draws a canvas that is longer than this, in its own pixels. */
const LONGEST = 16_000;

/** Lines on one canvas, however many; the tokens beside it say where they start and end. Drawn again only when they change. */
export const LinesCanvas = memo(function LinesCanvas({ lines, colours, pitch, tokens, isAside }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width } = useSize(canvas, { width: 320, height: 0 });
  const theme = useColourTheme();
  const height = tokens * pitch;
  useLayoutEffect(() => {
    const target = canvas.current;
    if (target === null) return;
    const density = Math.min(window.devicePixelRatio || 1, LONGEST / Math.max(1, height));
    target.width = Math.round(width * density);
    target.height = Math.round(height * density);
    const pen = target.getContext("2d");
    if (pen === null) return;
    pen.scale(density, density);
    pen.lineCap = "round";
    for (const { head, query, key, weight } of lines) {
      const [from, to] = [(query + 0.5) * pitch, (key + 0.5) * pitch];
      pen.globalAlpha = 0.18 + 0.72 * weight;
      pen.strokeStyle = categorical(colours[head] ?? 0, theme);
      pen.lineWidth = 0.8 + 5 * weight;
      pen.beginPath();
      pen.moveTo(3, from);
      pen.bezierCurveTo(width / 2, from, width / 2, to, width - 3, to);
      pen.stroke();
    }
  }, [lines, colours, pitch, height, width, theme]);
  return (
    <canvas ref={canvas} className={styles.canvas} data-aside={isAside || undefined} style={{ height }} />
  );
});
