import { scaleLinear } from "d3-scale";
import { useRef } from "react";
import { categorical } from "../viz/categorical";
import { number } from "../viz/format";
import { polyline } from "../viz/paths";
import styles from "./Curves.module.css";
import { useColourTheme } from "./useColourTheme";
import { useSize } from "./useSize";

export interface Curve {
  readonly id: string;
  readonly name: string;
  /** One number per place along the axis. */
  readonly values: Float32Array;
}

interface Props {
  /** Accessible name. */
  label: string;
  curves: readonly Curve[];
  /** What the first and the last place are. */
  ends: readonly [string, string];
  /** The place that is looked at. */
  at: number;
}

const HEIGHT = 180;
const LEFT = 44;
const FOOT = 18;

/** Numbers along an axis as curves, each in its colour, with the looked place marked. */
export function Curves({ label, curves, ends, at }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame, { width: 480, height: HEIGHT });
  const theme = useColourTheme();
  const length = Math.max(2, ...curves.map(({ values }) => values.length));
  const all = curves.flatMap(({ values }) => Array.from(values));
  const low = Math.min(0, ...all);
  const high = Math.max(0, ...all);
  const x = scaleLinear([0, length - 1], [LEFT, Math.max(LEFT + 1, width - 6)]);
  const y = scaleLinear([low, high === low ? low + 1 : high], [HEIGHT - FOOT, 6]);
  return (
    <div ref={frame} className={styles.curves}>
      <svg role="img" aria-label={label} className={styles.drawing}>
        {[...new Set([low, 0, high])].map((value) => (
          <g key={value}>
            <line x1={LEFT} x2={width - 6} y1={y(value)} y2={y(value)} className={styles.axis} />
            <text x={LEFT - 6} y={y(value)} textAnchor="end" dominantBaseline="central">
              {number(value)}
            </text>
          </g>
        ))}
        <text x={LEFT} y={HEIGHT - 3}>
          {ends[0]}
        </text>
        <text x={width - 6} y={HEIGHT - 3} textAnchor="end">
          {ends[1]}
        </text>
        <line x1={x(at)} x2={x(at)} y1={6} y2={HEIGHT - FOOT} className={styles.at} />
        {curves.map(({ id, values }, index) => (
          <path
            key={id}
            d={polyline(Array.from(values, (value, place) => [x(place), y(value)] as const))}
            stroke={categorical(index, theme)}
            className={styles.curve}
          />
        ))}
      </svg>
      <ul className={styles.legend}>
        {curves.map(({ id, name, values }, index) => (
          <li key={id}>
            <i style={{ background: categorical(index, theme) }} />
            {name} {number(values[at] ?? Number.NaN)}
          </li>
        ))}
      </ul>
    </div>
  );
}
