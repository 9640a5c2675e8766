import { useMemo } from "react";
import { largestFirst } from "../viz/ranking";
import { sightLines } from "../viz/sightlines";
import { frameOf, heightOf, NARROW } from "./lineFrame";
import styles from "./SightLines.module.css";
import { inRows, type LineToken, lineToken, TokenColumn } from "./TokenColumn";

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

/** Of longer texts only the keys that get most are drawn, in their order, and the query alone. */
const MOST = 16;

/**
 * The lines from one query to the keys that it looks at: width and ink say how much. Tokens can be pointed at and
 * clicked; the matrix beside it holds the same numbers for the keyboard and for readers.
 */
export function SightLines({ label, queries, keys, row, query, keyPosition, onLook, onLock }: Props) {
  const frame = frameOf(NARROW);
  const { froms, tos } = useMemo(
    () => placed(queries, keys, row, query, keyPosition),
    [queries, keys, row, query, keyPosition],
  );
  const lines = useMemo(() => {
    const start = froms.find(({ position }) => position === query)?.row ?? 0;
    const weights = Float32Array.from(tos, ({ position }) => row[position] ?? 0);
    return sightLines(weights, start, frameOf(NARROW));
  }, [froms, tos, row, query]);
  return (
    <svg
      role="img"
      aria-label={label}
      className={styles.lines}
      viewBox={`0 0 ${NARROW} ${heightOf(Math.max(froms.length, tos.length))}`}
      onPointerLeave={() => onLook(null)}
    >
      {lines.map((line, rank) => (
        <path
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its rank: another query only bends it elsewhere
          key={rank}
          d={line.path}
          strokeWidth={line.width}
          strokeOpacity={line.opacity}
          className={styles.line}
        />
      ))}
      <TokenColumn side="query" tokens={froms} frame={frame} on={query} onLook={onLook} onLock={onLock} />
      <TokenColumn
        side="key"
        tokens={tos}
        frame={frame}
        on={keyPosition}
        weights={row}
        onLook={onLook}
        onLock={onLock}
      />
    </svg>
  );
}

/** Which tokens are drawn on either side, and in which rows. */
function placed(
  queries: readonly string[],
  keys: readonly string[],
  row: Float32Array,
  query: number,
  chosen: number,
): { readonly froms: readonly LineToken[]; readonly tos: readonly LineToken[] } {
  if (Math.max(queries.length, keys.length) <= MOST) return { froms: inRows(queries), tos: inRows(keys) };
  const strongest = largestFirst(row).slice(0, MOST - 1);
  const positions = [...new Set([...strongest, chosen])].toSorted((a, b) => a - b);
  return {
    froms: [lineToken(queries, query, (positions.length - 1) / 2)],
    tos: positions.map((position, at) => lineToken(keys, position, at)),
  };
}
