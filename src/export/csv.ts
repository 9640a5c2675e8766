import { float } from "./float";
import type { PickedSite } from "./pickedSite";

/** The most lines that are made at a time. */
const LINES = 2048;

/**
 * One line per number: its index along each axis, the token there where the axis is one of positions, and the number.
 * Exact: reading a number back as a 32-bit float gives the same bits. Lines end in CRLF, as RFC 4180 has them. In lots.
 */
export function* csvLots({ tensor, tokens }: PickedSite): Generator<string> {
  const { data, shape, axes } = tensor;
  const head = axes.flatMap((axis, at) => (tokens[at] === null ? [axis] : [axis, `${axis}_token`]));
  const names = tokens.map((named) => named?.map(({ text }) => quoted(text)) ?? null);
  let lines = [[...head, "value"].join(",")];
  const index = shape.map(() => 0);
  for (const value of data) {
    const places = index.map((entry, at) => {
      const named = names[at];
      return named == null ? String(entry) : `${entry},${named[entry] ?? ""}`;
    });
    lines.push(`${places.join(",")}${places.length > 0 ? "," : ""}${float(value)}`);
    for (let axis = index.length - 1; axis >= 0; axis--) {
      index[axis] = (index[axis] ?? 0) + 1;
      if ((index[axis] ?? 0) < (shape[axis] ?? 1)) break;
      index[axis] = 0;
    }
    if (lines.length < LINES) continue;
    yield `${lines.join("\r\n")}\r\n`;
    lines = [];
  }
  if (lines.length > 0) yield `${lines.join("\r\n")}\r\n`;
}

/** A site as a CSV file. */
export function writeCsv(site: PickedSite): string {
  return [...csvLots(site)].join("");
}

/** A cell of text. A leading sign would be read as a formula by spreadsheets, so an apostrophe stands before it. */
function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
