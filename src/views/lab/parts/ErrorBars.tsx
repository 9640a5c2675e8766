import { scaleLinear } from "d3-scale";
import { useRef } from "react";
import { useSize } from "../../../components/useSize";
import { number } from "../../../viz/format";
import { polyline } from "../../../viz/paths";
import styles from "./Parts.module.css";

export interface Measured {
  readonly x: number;
  readonly mean: number;
  readonly deviation: number;
}

interface Props {
  label: string;
  points: readonly Measured[];
  /** The place that is looked at. */
  at: number;
}

const HEIGHT = 190;
const LEFT = 44;
const FOOT = 20;

/** Means against a setting, each with one standard deviation up and down. */
export function ErrorBars({ label, points, at }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame, { width: 420, height: HEIGHT });
  const most = Math.max(1e-9, ...points.map(({ mean, deviation }) => mean + deviation));
  const x = scaleLinear([points[0]?.x ?? 0, points.at(-1)?.x ?? 1], [LEFT, Math.max(LEFT + 1, width - 8)]);
  const y = scaleLinear([0, most], [HEIGHT - FOOT, 6]);
  const path = polyline(points.map((point) => [x(point.x), y(point.mean)]));
  return (
    <div ref={frame} className={styles.errorBars}>
      <svg role="img" aria-label={label}>
        {[0, most].map((value) => (
          <g key={value}>
            <line x1={LEFT} x2={width - 8} y1={y(value)} y2={y(value)} className={styles.axis} />
            <text x={LEFT - 6} y={y(value)} textAnchor="end" dominantBaseline="central">
              {number(value)}
            </text>
          </g>
        ))}
        {points.map(({ x: place, mean, deviation }) => (
          <g key={place} data-on={place === at || undefined} className={styles.bar}>
            <line
              x1={x(place)}
              x2={x(place)}
              y1={y(Math.max(0, mean - deviation))}
              y2={y(mean + deviation)}
            />
            <circle cx={x(place)} cy={y(mean)} r={place === at ? 4 : 2.5} />
            <text x={x(place)} y={HEIGHT - 5} textAnchor="middle">
              {number(place)}
            </text>
          </g>
        ))}
        <path d={path} className={styles.mean} />
      </svg>
    </div>
  );
}
