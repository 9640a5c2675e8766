import { memo, useLayoutEffect, useMemo, useRef } from "react";
import { useColourTheme } from "../../components/useColourTheme";
import { useSize } from "../../components/useSize";
import { categorical } from "../../viz/categorical";
import type { HeadLine } from "../../viz/headLines";
import { keepPainting, type Stroke } from "../../viz/painting";
import styles from "./Lines.module.css";
import { paintStrokes, stretchInView } from "./paintStrokes";

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
/** How long lines must stay as they are until what is out of sight is drawn too, in ms. Who scrolls does not wait. */
const REST = 200;
/** So many are drawn sooner than it is found out where the window is. */
const FEW = 80;
/** How much of it at a time, in CSS pixels: a frame's worth of work. */
const PIECE = 400;

/** Lines on one canvas, however many; the tokens beside it say where they start and end. Drawn again only when they change. */
export const LinesCanvas = memo(function LinesCanvas({ lines, colours, pitch, tokens, isAside }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width } = useSize(canvas, { width: 320, height: 0 });
  const theme = useColourTheme();
  const height = tokens * pitch;
  const strokes = useMemo(
    () =>
      lines.map(
        ({ head, query, key, weight }): Stroke => ({
          x1: 3,
          y1: (query + 0.5) * pitch,
          x2: width - 3,
          y2: (key + 0.5) * pitch,
          colour: categorical(colours[head] ?? 0, theme),
          // A line of one pixel or less costs a fifth of a thicker one, and most are weak.
          width: 0.5 + 5.3 * weight,
          opacity: 0.18 + 0.72 * weight,
        }),
      ),
    [lines, colours, pitch, width, theme],
  );
  useLayoutEffect(() => {
    const target = canvas.current;
    if (target === null) return;
    const density = Math.min(window.devicePixelRatio || 1, LONGEST / Math.max(1, height));
    const [across, down] = [Math.round(width * density), Math.round(height * density)];
    // Another size takes new memory, some megabytes of it for a long text.
    if (target.width !== across) target.width = across;
    if (target.height !== down) target.height = down;
    keepPainting(target, { kind: "strokes", strokes });
    const pen = target.getContext("2d");
    if (pen === null) return;
    if (strokes.length <= FEW) return paintStrokes(pen, strokes, { from: 0, to: height }, density);
    // What is in the window first: a board of 128 tokens is three windows tall.
    const seen = stretchInView(target, height);
    if (seen !== null) paintStrokes(pen, strokes, seen, density);
    let drawn = 0;
    const draw = (most: number) => {
      const to = Math.min(height, drawn + most);
      paintStrokes(pen, strokes, { from: drawn, to }, density);
      drawn = to;
      if (drawn < height) timer = setTimeout(draw, 0, PIECE);
      else stop();
    };
    const drawAll = () => {
      clearTimeout(timer);
      draw(height);
    };
    let timer = setTimeout(draw, REST, PIECE);
    const stop = () => {
      clearTimeout(timer);
      window.removeEventListener("scroll", drawAll, true);
    };
    window.addEventListener("scroll", drawAll, { capture: true, passive: true });
    return stop;
  }, [strokes, height, width]);
  return (
    <canvas ref={canvas} className={styles.canvas} data-aside={isAside || undefined} style={{ height }} />
  );
});
