import { sinusoid } from "../engine/positions";
import type { AttentionPositions, InputPositions } from "../engine/spec";
import { first, type Tensor } from "../engine/tensor";
import { cosineOf, dotOf, row } from "./matrix";

type Sinusoidal = Extract<InputPositions, { kind: "sinusoidal" }>;
type Rotary = Extract<AttentionPositions, { kind: "rotary" }>;

/** A matrix of plain numbers. */
export interface Numbers {
  readonly data: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

function numbers(rows: number, columns: number, cell: (row: number, column: number) => number): Numbers {
  const data = Float32Array.from({ length: rows * columns }, (_, at) =>
    cell(Math.floor(at / columns), at % columns),
  );
  return { data, rows, columns };
}

/** The sines and cosines of the first positions, as the engine adds them. [pos, width] */
export function sinusoids(spec: Sinusoidal, length: number, width: number): Numbers {
  const rows = Array.from({ length }, (_, position) => sinusoid(spec, position, width));
  return numbers(length, width, (at, d) => rows[at]?.[d] ?? 0);
}

/** The cosine of the angle by which each pair of dimensions is turned at each position. [pos, dims/2] */
export function rotations({ inverseFrequencies }: Rotary, length: number): Numbers {
  return numbers(length, inverseFrequencies.length, (position, pair) =>
    Math.cos(position * (inverseFrequencies[pair] ?? 0)),
  );
}

/** How alike the rows of a table are. [pos, pos] */
export function likeness(table: Numbers, by: "dot" | "cosine"): Numbers {
  const rows = Array.from({ length: table.rows }, (_, at) =>
    row({ data: table.data, shape: [table.rows, table.columns] }, at),
  );
  const compare = by === "dot" ? dotOf : cosineOf;
  return numbers(table.rows, table.rows, (a, b) => compare(rows[a] ?? [], rows[b] ?? []));
}

/**
 * What turning does to the product of two equal vectors that stand at two positions: the mean over the pairs of
 * cos((i − j)·frequency). It depends on the distance alone (Su et al. 2021, 3.4.3). [pos, pos]
 */
export function turnedLikeness({ inverseFrequencies }: Rotary, length: number): Numbers {
  return numbers(length, length, (i, j) => {
    const sum = inverseFrequencies.reduce((total, frequency) => total + Math.cos((i - j) * frequency), 0);
    return sum / inverseFrequencies.length;
  });
}

/** The bias of each head by the distance key − query, from −(n−1) to n−1. [head, 2n−1] */
export function biasByDistance(bias: Tensor): Numbers {
  const [heads = 0, size = 0] = bias.shape;
  const each = Array.from({ length: heads }, (_, head) => first(bias, head));
  return numbers(heads, 2 * size - 1, (head, at) => {
    const distance = at - (size - 1);
    const query = Math.max(0, -distance);
    const own = each[head];
    return own === undefined ? 0 : (row(own, query)[query + distance] ?? 0);
  });
}

/** The columns of a table that change most from row to row, most first. */
export function liveliest(table: Numbers, count: number): readonly number[] {
  const { rows, columns } = table;
  const spreads = Array.from({ length: columns }, (_, column) => {
    let sum = 0;
    let squares = 0;
    for (let at = 0; at < rows; at++) {
      const value = table.data[at * columns + column] ?? 0;
      sum += value;
      squares += value * value;
    }
    return { column, spread: squares / rows - (sum / rows) ** 2 };
  });
  return spreads
    .sort((a, b) => b.spread - a.spread)
    .slice(0, count)
    .map(({ column }) => column);
}
