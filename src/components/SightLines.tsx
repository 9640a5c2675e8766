import { useMemo } from "react";
import { sightLines } from "../viz/sightlines";
import { frameOf, heightOf, NARROW } from "./lineFrame";
import styles from "./SightLines.module.css";
import { TokenColumn } from "./TokenColumn";

interface Props {
  /** Accessible name. */
  label: string;
  queries: readonly string[];
  keys: readonly string[];
  /** Row of the pattern that is shown, [key_pos]. */
  row: Float32Array;
  query: number;
  keyPosition: number;
  onLook(place: { query?: number; key?: number } | null): void;
  onLock(place: { query?: number; key?: number }): void;
}

/**
 * The lines from one query to the keys that it looks at: width and ink say how much. Tokens can be pointed at and
 * clicked; the matrix beside it holds the same numbers for the keyboard and for readers.
 */
export function SightLines({ label, queries, keys, row, query, keyPosition, onLook, onLock }: Props) {
  const frame = frameOf(NARROW);
  const lines = useMemo(() => sightLines(row, query, frameOf(NARROW)), [row, query]);
  return (
    <svg
      role="img"
      aria-label={label}
      className={styles.lines}
      viewBox={`0 0 ${NARROW} ${heightOf(Math.max(queries.length, keys.length))}`}
      onPointerLeave={() => onLook(null)}
    >
      {lines.map((line) => (
        <path
          key={line.key}
          d={line.path}
          strokeWidth={line.width}
          strokeOpacity={line.opacity}
          className={styles.line}
        />
      ))}
      <TokenColumn side="query" texts={queries} frame={frame} on={query} onLook={onLook} onLock={onLock} />
      <TokenColumn
        side="key"
        texts={keys}
        frame={frame}
        on={keyPosition}
        row={row}
        onLook={onLook}
        onLock={onLock}
      />
    </svg>
  );
}
