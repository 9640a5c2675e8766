/** A mask drawn by hand: one row of "0" and "1" for each query. */
export type DrawnRows = readonly string[];

/** The rows as one word for a link: the number of columns, then the cells row by row in base 32, five at a time. */
export function packRows(rows: DrawnRows): string {
  const cells = rows.join("");
  const words = cells.match(/.{1,5}/g) ?? [];
  return `${rows[0]?.length ?? 0}.${words.map((word) => Number.parseInt(word.padEnd(5, "0"), 2).toString(32)).join("")}`;
}

/** The rows that packRows wrote, as far as they fit `n` tokens: others, and what cannot be read, see as a causal mask does. */
export function unpackRows(packed: string, n: number): DrawnRows {
  const [columns, word = ""] = packed.split(".");
  const width = Number(columns);
  const cells = [...word].map((each) => Number.parseInt(each, 32).toString(2).padStart(5, "0")).join("");
  return Array.from({ length: n }, (_, i) => {
    const row = cells.slice(i * width, (i + 1) * width).slice(0, n);
    const isWhole =
      Number.isInteger(width) && width > 0 && /^[01]+$/.test(row) && (i + 1) * width <= cells.length;
    const causal = "1".repeat(i + 1).padEnd(n, "0");
    return isWhole ? row + causal.slice(row.length) : causal;
  });
}
