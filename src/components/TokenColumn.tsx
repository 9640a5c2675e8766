import { FAINTEST, type LineFrame, tokenY } from "../viz/sightlines";
import { twinPlace } from "../viz/twins";
import { NumberedText } from "./NumberedText";
import styles from "./SightLines.module.css";

/** A token of a drawing of sight-lines: its text, its position (said where another looks the same), and the row that it stands in. */
export interface LineToken {
  readonly text: string;
  readonly place: number | null;
  readonly position: number;
  readonly row: number;
}

interface Props {
  side: "query" | "key";
  tokens: readonly LineToken[];
  frame: LineFrame;
  /** The chosen position. */
  on: number;
  /** How much each position gets, where it is the keys' side. */
  weights?: Float32Array;
  onLook(place: { query?: number; key?: number }): void;
  onLock(place: { query?: number; key?: number }): void;
}

const GAP = 8;
const FITS = 12;

/** The tokens on one side of a drawing of sight-lines. */
export function TokenColumn({ side, tokens, frame, on, weights, onLook, onLock }: Props) {
  const isQuery = side === "query";
  const x = isQuery ? frame.from - GAP : frame.to + GAP;
  return tokens.map(({ text, place, position, row }) => (
    // biome-ignore lint/a11y/noStaticElementInteractions: the matrix beside it is the keyboard's way to the same choice
    <g
      key={row}
      className={styles.token}
      data-axis={position === on ? side : undefined}
      data-seen={(weights?.[position] ?? 0) > 5 * FAINTEST || undefined}
      onPointerEnter={() => onLook({ [side]: position })}
      onClick={() => onLock({ [side]: position })}
    >
      <rect
        x={isQuery ? 0 : x - GAP}
        y={tokenY(row, frame) - frame.pitch / 2}
        width={frame.from}
        height={frame.pitch}
      />
      <text x={x} y={tokenY(row, frame)} textAnchor={isQuery ? "end" : "start"}>
        <NumberedText text={text} place={place} fits={FITS} />
      </text>
    </g>
  ));
}

/** Every token in its own row. */
export function inRows(texts: readonly string[]): readonly LineToken[] {
  return texts.map((_, position) => lineToken(texts, position, position));
}

/** One token of a text in a row of its own. */
export function lineToken(texts: readonly string[], position: number, row: number): LineToken {
  return { text: texts[position] ?? "", place: twinPlace(texts, position), position, row };
}
