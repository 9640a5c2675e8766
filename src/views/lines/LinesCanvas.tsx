import { useLayoutEffect, useRef } from "react";
import { useColourTheme } from "../../components/useColourTheme";
import { useSize } from "../../components/useSize";
import { categorical } from "../../viz/categorical";
import type { HeadLine } from "../../viz/headLines";
import { type Focus, isInFocus } from "./focus";
import styles from "./Lines.module.css";

interface Props {
  lines: readonly HeadLine[];
  /** The number of each drawn head among all heads on offer: its colour. */
  colours: readonly number[];
  /** Distance of two tokens in CSS pixels, and how many there are on the longer side. */
  pitch: number;
  tokens: number;
  focus: Focus | null;
}

/** No browser draws a canvas that is longer than this, in its own pixels. */
const LONGEST = 16_000;
/** How much of a line is left when another token is in focus. */
const ASIDE = 0.07;

/** All lines on one canvas, however many; the tokens beside it say where they start and end. */
export function LinesCanvas({ lines, colours, pitch, tokens, focus }: Props) {
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
    const aside = lines.filter((line) => !isInFocus(line, focus));
    const near = lines.filter((line) => isInFocus(line, focus));
    for (const [group, ink] of [
      [aside, ASIDE],
      [near, 1],
    ] as const) {
      for (const line of group) draw(pen, line, ink);
    }

    function draw(context: CanvasRenderingContext2D, { head, query, key, weight }: HeadLine, ink: number) {
      const [from, to] = [(query + 0.5) * pitch, (key + 0.5) * pitch];
      context.globalAlpha = ink * (0.18 + 0.72 * weight);
      context.strokeStyle = categorical(colours[head] ?? 0, theme);
      context.lineWidth = 0.8 + 5 * weight;
      context.beginPath();
      context.moveTo(3, from);
      context.bezierCurveTo(width / 2, from, width / 2, to, width - 3, to);
      context.stroke();
    }
  }, [lines, colours, pitch, height, focus, width, theme]);
  return <canvas ref={canvas} className={styles.canvas} style={{ height }} />;
}
