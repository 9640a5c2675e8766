import { useMemo } from "react";
import { entries } from "../../components/matrixFigure";
import { NumberedText } from "../../components/NumberedText";
import { sightLines, tokenY } from "../../viz/sightlines";
import { twinPlace } from "../../viz/twins";
import styles from "./AlignmentLines.module.css";

interface Props {
  /** Accessible name: the step in words. */
  label: string;
  /** What can be looked at, on the left. */
  keys: readonly string[];
  /** What was written, on the right. */
  written: readonly string[];
  /** The written token whose look is shown. */
  step: number;
  /** How much it looked at each key; NaN where there was none yet. [key_pos] */
  row: Float32Array;
  onStep(step: number): void;
}

const WIDTH = 360;
const SIDE = 118;
const PITCH = 26;
const GAP = 8;
const FITS = 15;
/** From the written token on the right to the keys on the left. */
const FRAME = { from: WIDTH - SIDE, to: SIDE, pitch: PITCH, top: PITCH / 2 };

/** Source on the left, output on the right, and the lines of the token that is being written. */
export function AlignmentLines({ label, keys, written, step, row, onStep }: Props) {
  const lines = useMemo(() => sightLines(row, step, FRAME), [row, step]);
  const strongest = lines.at(-1)?.key;
  const height = Math.max(keys.length, written.length) * PITCH;
  return (
    <svg role="img" aria-label={label} className={styles.alignment} viewBox={`0 0 ${WIDTH} ${height}`}>
      {lines.map((line) => (
        <path
          key={line.key}
          d={line.path}
          strokeWidth={line.width}
          strokeOpacity={line.opacity}
          className={styles.line}
        />
      ))}
      {entries(keys).map(({ text, at }) => (
        <text
          key={at}
          x={SIDE - GAP}
          y={tokenY(at, FRAME)}
          textAnchor="end"
          className={styles.key}
          data-on={at === strongest || undefined}
          data-absent={Number.isNaN(row[at] ?? Number.NaN) || undefined}
        >
          <NumberedText text={text} place={twinPlace(keys, at)} fits={FITS} />
        </text>
      ))}
      {entries(written).map(({ text, at }) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the slider is the keyboard's way to the same step
        <g key={at} className={styles.written} data-on={at === step || undefined} onClick={() => onStep(at)}>
          <rect x={WIDTH - SIDE} y={at * PITCH} width={SIDE} height={PITCH} />
          <text x={WIDTH - SIDE + GAP} y={tokenY(at, FRAME)}>
            <NumberedText text={text} place={twinPlace(written, at)} fits={FITS} />
          </text>
        </g>
      ))}
    </svg>
  );
}
