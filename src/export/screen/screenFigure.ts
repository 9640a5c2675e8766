import type { Theme } from "../../viz/ramp";
import { captioned } from "../captioned";
import { colours } from "../drawing";
import { type Figure, plain } from "../figure";
import { legend, textPart, wrapped } from "../svgParts";
import type { NamedScale, ScreenParts } from "./screenParts";

/** The words of a figure of the page, in the reader's language. */
export interface ScreenWords {
  readonly caption: string;
  /** What is said of a ramp that each of many pictures scales by its own largest magnitude. */
  readonly own: string;
  readonly most: string;
}

/** The place of a legend: its ramp, its name, the space around. */
const LEGEND = { width: 200, height: 50, gap: 20 };
const SIZE = 10;
/** More limits than this of one kind are one legend: nobody looks up the ends of a dozen. */
const MANY = 4;

/** A part of the page as a figure: what it shows, the ramps of its colours, the caption. */
export function screenFigure(parts: ScreenParts, words: ScreenWords, theme: Theme): Figure {
  const { height, pieces, scales } = parts;
  const width = Math.max(parts.width, LEGEND.width);
  const columns = Math.max(1, Math.floor(width / LEGEND.width));
  const many = (["sequential", "diverging"] as const).filter(
    (kind) => scales.filter((scale) => scale.kind === kind).length > MANY,
  );
  const each = scales.filter(({ kind }) => !many.includes(kind));
  const place = (at: number) => ({
    x: (at % columns) * LEGEND.width,
    y: height + 22 + Math.floor(at / columns) * LEGEND.height,
  });
  const named = each.map((scale, at) => {
    const { x, y } = place(at);
    return [nameOf(scale.name, theme, x, y), legend(scale, theme, x, y + 8)];
  });
  const pooled = many.map((kind, at) => {
    const { x, y } = place(each.length + at);
    const ends = [kind === "sequential" ? "0" : `−${words.most}`, words.most] as const;
    return [nameOf(words.own, theme, x, y), legend({ kind, limit: 1 }, theme, x, y + 8, ends)];
  });
  const rows = Math.ceil((named.length + pooled.length) / columns);
  return captioned(words.caption, {
    width,
    height: height + rows * LEGEND.height,
    theme,
    pieces: [...pieces, plain(...named.flat(), ...pooled.flat())],
  });
}

function nameOf(name: NamedScale["name"], theme: Theme, x: number, y: number): string {
  const [first = "", ...rest] = wrapped(name, SIZE, LEGEND.width - LEGEND.gap);
  const text = rest.length > 0 ? `${first}…` : first;
  return textPart({ x, y, text, size: SIZE, fill: colours(theme).soft });
}
