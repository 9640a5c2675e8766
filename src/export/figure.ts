import type { Box, Pixels } from "../viz/heatmap";
import { px } from "./svgParts";

/** Where a picture lies in a figure and how large a pixel of it is. */
export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly scaleX: number;
  readonly scaleY: number;
}

/** A part of a figure. */
export interface Piece {
  /** It as whole SVG elements, in lots of a bounded length, made as they are asked for. */
  readonly svg: () => Iterable<string>;
  /** What it is a picture of, if it is one: on a canvas that is painted at once, not cell by cell. */
  readonly picture?: { readonly pixels: () => Pixels; readonly box: Box; readonly opacity: number };
  /** All of it that is seen; null where nothing is cut. */
  readonly clip?: Box | null;
}

/** A figure, as what it is drawn of: what lies on top comes last. Files and pictures of any size are made of it. */
export interface Figure {
  /** In whole pixels, margins included. */
  readonly width: number;
  readonly height: number;
  readonly margin: number;
  /** The SVG document around the pieces. */
  readonly head: string;
  readonly foot: string;
  readonly pieces: readonly Piece[];
}

/** SVG that is there already. */
export function plain(...svg: readonly string[]): Piece {
  return { svg: () => svg };
}

/** Things so many that their SVG is made a lot at a time: each lot a piece. */
export function inLots<T>(things: readonly T[], write: (things: readonly T[]) => string): readonly Piece[] {
  return Array.from({ length: Math.ceil(things.length / LOT) }, (_, lot) => ({
    svg: () => [write(things.slice(lot * LOT, (lot + 1) * LOT))],
  }));
}

const LOT = 128;

/** A piece as SVG, cut where it is. */
export function* pieceSvg({ svg, clip = null }: Piece): Generator<string> {
  if (clip === null) {
    yield* svg();
    return;
  }
  const rect = `<rect x="${px(clip.x)}" y="${px(clip.y)}" width="${px(clip.width)}" height="${px(clip.height)}"/>`;
  for (const part of svg()) {
    const id = `clip-${clips++}`;
    yield `<clipPath id="${id}">${rect}</clipPath><g clip-path="url(#${id})">\n${part}\n</g>`;
  }
}

let clips = 0;

/** The SVG document of a figure, a lot at a time. */
export function* svgLots({ head, pieces, foot }: Figure): Generator<string> {
  yield head;
  for (const piece of pieces) for (const part of pieceSvg(piece)) yield `${part}\n`;
  yield foot;
}

/** The SVG document of a figure. */
export function svgText(figure: Figure): string {
  return [...svgLots(figure)].join("");
}
