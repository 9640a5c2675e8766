import { useCallback, useRef } from "react";
import { useColourTheme } from "../../components/useColourTheme";
import { usePainted } from "../../components/usePainted";
import type { Pixels } from "../../viz/heatmap";
import styles from "./Digits.module.css";

interface Props {
  /** 0 (paper) … 255 (ink), row by row. */
  pixels: Uint8Array;
  /** Pixels in a row of the whole picture. */
  side: number;
  /** The part that is shown; all of it when left out. */
  part?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

const INK = { light: [22, 24, 29], dark: [233, 234, 236] } as const;

/** A grey picture, ink on paper, one canvas pixel each. */
export function PictureCanvas({ pixels, side, part }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useColourTheme();
  const { x = 0, y = 0, width = side, height = pixels.length / side } = part ?? {};
  const draw = useCallback(
    ({ data }: Pixels) => {
      for (let at = 0; at < width * height; at++) {
        const from = (y + Math.floor(at / width)) * side + x + (at % width);
        data.set([...INK[theme], pixels[from] ?? 0], 4 * at);
      }
    },
    [pixels, side, x, y, width, height, theme],
  );
  usePainted(canvas, width, height, draw);
  return <canvas ref={canvas} className={styles.picture} />;
}
