import {
  biasByDistance,
  likeness,
  liveliest,
  type Numbers,
  rotations,
  sinusoids,
  turnedLikeness,
} from "../../analysis/positions";
import type { AttentionPositions, AttentionSpec, InputPositions, StackSpec } from "../../engine/spec";
import { first, type Tensor } from "../../engine/tensor";

/** How an attention comes to know where its tokens stand. */
export type Scheme = Exclude<(InputPositions | AttentionPositions)["kind"], never>;

/** What is drawn of a scheme. */
export interface PositionFacts {
  readonly scheme: Exclude<Scheme, "none">;
  /** [pos, dimension], [pos, pair of dimensions], or [head, distance] */
  readonly table: Numbers;
  /** What its columns are: its rows are positions, or heads where they are distances. */
  readonly columns: "dimension" | "pair" | "distance";
  /** Likeness of two positions, or the bias of the looked head between them. [pos, pos] */
  readonly likeness: Numbers;
  /** Rows or columns that are drawn as curves: dimensions, pairs, or heads. */
  readonly drawn: readonly number[];
}

/** Positions of a table that are shown, though the text may be shorter. */
const SHOWN = 64;
const CURVES = 4;

/** The scheme of an attention: what is added at the input, else what acts inside attention. */
export function schemeOf(stack: StackSpec, attention: AttentionSpec): InputPositions | AttentionPositions {
  return stack.embed.positions.kind === "none" ? attention.positions : stack.embed.positions;
}

/** How many positions a scheme has: the rows of its table, or all that the model reads. */
export function allPositions(positions: InputPositions | AttentionPositions, context: number): number {
  return positions.kind === "learned" ? positions.length - positions.offset : context;
}

/** How many positions are shown of a text of `tokens` tokens. */
export function shownPositions(tokens: number, context: number): number {
  return Math.max(tokens, Math.min(context, SHOWN));
}

interface Given {
  readonly positions: InputPositions | AttentionPositions;
  readonly length: number;
  /** Width of the input vectors. */
  readonly width: number;
  readonly head: number;
  readonly by: "dot" | "cosine";
  /** Rows of the learned table [pos, dimension], by weight or by what the pass added. */
  readonly rows: Numbers | null;
  /** attn.step_bias [head, query_pos, key_pos] */
  readonly bias: Tensor | null;
}

/** What is drawn of a scheme, or null where there is none or the trace does not hold what it needs. */
export function positionFacts(given: Given): PositionFacts | null {
  const { positions, length, width, head, by, rows, bias } = given;
  switch (positions.kind) {
    case "none":
      return null;
    case "learned":
      return rows === null ? null : tableFacts("learned", rows, by, liveliest(rows, CURVES));
    case "sinusoidal": {
      const table = sinusoids(positions, length, width);
      return tableFacts("sinusoidal", table, by, spaced(table.columns));
    }
    case "rotary":
      return {
        scheme: "rotary",
        table: rotations(positions, length),
        columns: "pair",
        likeness: turnedLikeness(positions, length),
        drawn: spaced(positions.inverseFrequencies.length),
      };
    case "buckets":
    case "alibi": {
      if (bias === null) return null;
      const [heads = 0, size = 0] = bias.shape;
      const { data } = first(bias, head);
      return {
        scheme: positions.kind,
        table: biasByDistance(bias),
        columns: "distance",
        likeness: { data, rows: size, columns: size },
        drawn: [head, ...Array.from({ length: heads }, (_, at) => at).filter((at) => at !== head)].slice(
          0,
          CURVES,
        ),
      };
    }
    default:
      return positions satisfies never;
  }
}

function tableFacts(
  scheme: "learned" | "sinusoidal",
  table: Numbers,
  by: "dot" | "cosine",
  drawn: readonly number[],
): PositionFacts {
  return { scheme, table, columns: "dimension", likeness: likeness(table, by), drawn };
}

/** Places spread over the fast end of a scheme, where neighbours still differ. */
function spaced(width: number): readonly number[] {
  const places = new Set([0, Math.floor(width / 16), Math.floor(width / 8), Math.floor(width / 4)]);
  return places.size === CURVES
    ? [...places]
    : Array.from({ length: Math.min(CURVES, width) }, (_, at) => at);
}
