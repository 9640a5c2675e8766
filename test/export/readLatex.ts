const TEXT: Readonly<Record<string, string>> = {
  "\\textbackslash{}": "\\",
  "\\textasciitilde{}": "~",
  "\\textasciicircum{}": "^",
  "\\textless{}": "<",
  "\\textgreater{}": ">",
  "\\textbar{}": "|",
  "\\textvisiblespace{}": "␣",
  "$\\hookleftarrow$": "↵",
  "$\\mapsto$": "⇥",
};

/** What a cell of text prints. Throws for a character that LaTeX would read as a command. */
function printed(cell: string): string {
  return cell.replace(/\$\\\w+\$|\\text\w+\{\}|\\([&%$#_{}])|[\\&%$#_{}~^<>|]/g, (whole, escaped) => {
    const made = escaped ?? TEXT[whole];
    if (made === undefined) throw new Error(`LaTeX would read ${whole} in ${cell}`);
    return made;
  });
}

/** The number of a cell in math mode. */
function numberOf(cell: string): number {
  const [, inside] = /^\$(.*)\$$/.exec(cell) ?? [];
  if (inside === undefined) throw new Error(`${cell} is not in math mode`);
  if (inside.endsWith("\\infty")) return inside.startsWith("-") ? -Infinity : Infinity;
  return Number(inside.replaceAll("{,}", "").replace(/\s*\\times 10\^\{(-?\d+)\}/, "e$1"));
}

/** Reads a LaTeX table as TeX would: the head with its turned labels, then a label and numbers in each row. */
export function readLatex(source: string): {
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  readonly numbers: readonly number[];
} {
  const body = /\\toprule\n([\s\S]*)\n\s*\\bottomrule/.exec(source)?.[1] ?? "";
  const lines = body.split("\n").filter((line) => line.trim() !== "\\midrule");
  const [head = [], ...rest] = lines.map((line) =>
    line
      .trim()
      .replace(/\s*\\\\$/, "")
      .split(/(?<!\\)(?:^| )& /),
  );
  return {
    columns: head
      .slice(1)
      .map((cell) => printed(/^\\rotatebox\{90\}\{(.*)\}$/.exec(cell)?.[1] ?? "no label")),
    rows: rest.map(([label = ""]) => printed(label)),
    numbers: rest.flatMap(([, ...cells]) => cells.map(numberOf)),
  };
}
