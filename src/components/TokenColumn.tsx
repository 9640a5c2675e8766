import { FAINTEST, type LineFrame, tokenY } from "../viz/sightlines";
import { entries } from "./matrixFigure";
import styles from "./SightLines.module.css";

interface Props {
  side: "query" | "key";
  texts: readonly string[];
  frame: LineFrame;
  /** The chosen token. */
  on: number;
  /** How much each token gets, where it is the keys' side. */
  row?: Float32Array;
  onLook(place: { query?: number; key?: number }): void;
  onLock(place: { query?: number; key?: number }): void;
}

const GAP = 8;

/** The tokens on one side of a drawing of sight-lines. */
export function TokenColumn({ side, texts, frame, on, row, onLook, onLock }: Props) {
  const isQuery = side === "query";
  const x = isQuery ? frame.from - GAP : frame.to + GAP;
  return entries(texts).map(({ text, at }) => (
    // biome-ignore lint/a11y/noStaticElementInteractions: the matrix beside it is the keyboard's way to the same choice
    <g
      key={at}
      className={styles.token}
      data-axis={at === on ? side : undefined}
      data-seen={(row?.[at] ?? 0) > 5 * FAINTEST || undefined}
      onPointerEnter={() => onLook({ [side]: at })}
      onClick={() => onLock({ [side]: at })}
    >
      <rect
        x={isQuery ? 0 : x - GAP}
        y={tokenY(at, frame) - frame.pitch / 2}
        width={frame.from}
        height={frame.pitch}
      />
      <text x={x} y={tokenY(at, frame)} textAnchor={isQuery ? "end" : "start"}>
        {clipped(text)}
      </text>
    </g>
  ));
}

/** SVG text does not clip itself. */
function clipped(text: string): string {
  const characters = [...text];
  return characters.length > 12 ? `${characters.slice(0, 11).join("")}…` : text;
}
