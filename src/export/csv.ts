import { float } from "./float";
import type { PickedSite } from "./pickedSite";

/**
 * One line per number: its index along each axis, the token there where the axis is one of positions, and the number.
 * Exact: reading a number back as a 32-bit float gives the same bits. Lines end in CRLF, as RFC 4180 has them.
 */
export function writeCsv({ tensor, tokens }: PickedSite): string {
  const { data, shape, axes } = tensor;
  const head = axes.flatMap((axis, at) => (tokens[at] === null ? [axis] : [axis, `${axis}_token`]));
  const lines = [[...head, "value"].join(",")];
  const index = shape.map(() => 0);
  for (const value of data) {
    const places = index.flatMap((entry, at) => {
      const named = tokens[at];
      return named == null ? [String(entry)] : [String(entry), quoted(named[entry]?.text ?? "")];
    });
    lines.push([...places, float(value)].join(","));
    for (let axis = index.length - 1; axis >= 0; axis--) {
      index[axis] = (index[axis] ?? 0) + 1;
      if ((index[axis] ?? 0) < (shape[axis] ?? 1)) break;
      index[axis] = 0;
    }
  }
  return `${lines.join("\r\n")}\r\n`;
}

/** A cell of text. A leading sign would be read as a formula by spreadsheets, so an apostrophe stands before it. */
function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
