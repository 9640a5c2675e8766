import { useMemo } from "react";
import type { Matrix } from "../viz/heatmap";
import { sightLines } from "../viz/sightlines";
import { rowOf } from "../viz/siteView";
import { frameOf, heightOf, WIDE } from "./lineFrame";
import styles from "./SightLines.module.css";
import { inRows, TokenColumn } from "./TokenColumn";

interface Props {
  /** Accessible name. */
  label: string;
  queries: readonly string[];
  keys: readonly string[];
  /** [query_pos, key_pos] */
  pattern: Matrix;
  query: number;
  onLook(place: { query?: number; key?: number } | null): void;
  onLock(place: { query?: number; key?: number }): void;
}

/** Lines weaker than this are left out where all queries are drawn at once: at most 20 can start at one query. */
const WEAKEST = 0.05;

/** All sight-lines of a head; those of the looked query stand out. */
export function HeadSightLines({ label, queries, keys, pattern, query, onLook, onLock }: Props) {
  const frame = frameOf(WIDE);
  const all = useMemo(
    () => queries.map((_, from) => sightLines(rowOf(pattern, from), from, frameOf(WIDE))),
    [queries, pattern],
  );
  return (
    <svg
      role="img"
      aria-label={label}
      className={styles.lines}
      data-wide="true"
      viewBox={`0 0 ${WIDE} ${heightOf(Math.max(queries.length, keys.length))}`}
      onPointerLeave={() => onLook(null)}
    >
      {all.map((lines) =>
        lines
          .filter((line) => line.query === query || line.weight >= WEAKEST)
          .map((line) => (
            <path
              key={`${line.query}-${line.key}`}
              d={line.path}
              strokeWidth={line.width}
              strokeOpacity={line.query === query ? line.opacity : line.opacity * 0.25}
              className={styles.line}
            />
          )),
      )}
      <TokenColumn
        side="query"
        tokens={inRows(queries)}
        frame={frame}
        on={query}
        onLook={onLook}
        onLock={onLock}
      />
      <TokenColumn
        side="key"
        tokens={inRows(keys)}
        frame={frame}
        on={-1}
        weights={rowOf(pattern, query)}
        onLook={onLook}
        onLock={onLock}
      />
    </svg>
  );
}
