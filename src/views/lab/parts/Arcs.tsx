import { useRef } from "react";
import { useSize } from "../../../components/useSize";
import styles from "./Parts.module.css";

interface Props {
  label: string;
  names: readonly string[];
  /** The word that each one hangs on; −1 for the root. */
  heads: readonly number[];
  /** What the root is called. */
  root: string;
}

const WORD = 22;

/** A tree over words, top to bottom: an arc from each word to the one that it hangs on, with the same in words. */
export function Arcs({ label, names, heads, root }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame, { width: 360, height: 200 });
  const left = Math.min(120, width / 3);
  const room = Math.max(40, width - left - 12);
  const y = (at: number) => (at + 0.5) * WORD;
  const reach = (from: number, to: number) => (room * Math.abs(from - to)) / names.length;
  return (
    <div ref={frame}>
      <svg role="img" aria-label={label} className={styles.arcs} height={names.length * WORD}>
        {names.map((name, at) => {
          const head = heads[at] ?? -1;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same word may come twice
            <g key={at} data-root={head < 0 || undefined}>
              <text x={left - 8} y={y(at)} textAnchor="end" dominantBaseline="central">
                {head < 0 && <tspan className={styles.root}>{`${root} → `}</tspan>}
                {name}
              </text>
              {head >= 0 && (
                <path
                  d={`M${left},${y(head)} C${left + reach(at, head)},${y(head)} ${left + reach(at, head)},${y(at)} ${left},${y(at)}`}
                />
              )}
            </g>
          );
        })}
      </svg>
      <ul className="spoken">
        {names.map((name, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same word may come twice
          <li key={at}>{`${name} → ${names[heads[at] ?? -1] ?? root}`}</li>
        ))}
      </ul>
    </div>
  );
}
