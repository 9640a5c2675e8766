import { number } from "../viz/format";
import type { Drawing } from "./drawing";

const ESCAPED: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "&": "\\&",
  "%": "\\%",
  $: "\\$",
  "#": "\\#",
  _: "\\_",
  "{": "\\{",
  "}": "\\}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  // LaTeX's own fonts have other signs in these places.
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  // The marks of tokens without ink.
  "␣": "\\textvisiblespace{}",
  "⍽": "\\textvisiblespace{}",
  "↵": "$\\hookleftarrow$",
  "⇥": "$\\mapsto$",
};

/** What LaTeX prints with any engine: Latin letters and common punctuation. */
const PLAIN = /^[\p{Script=Latin}\p{M}\u0020-\u00ff\u2010-\u2026\u2212∞×␣⍽↵⇥⁰¹²³⁴-⁹⁻]*$/u;

/** Text that LaTeX prints as it stands. */
export function latexText(text: string): string {
  return text.replace(/[\\&%$#_{}~^<>|␣⍽↵⇥]/g, (character) => ESCAPED[character] ?? character);
}

/** A matrix as a LaTeX table (package booktabs): numbers to three significant digits, its caption below. A row at a time. */
export function* latexLots({ matrix, rows, columns, caption }: Drawing): Generator<string> {
  const line = (cells: readonly string[]) => `    ${cells.join(" & ")} \\\\\n`;
  const isPlain = [...rows.labels, ...columns.labels, caption].every((text) => PLAIN.test(text));
  yield "% \\usepackage{booktabs,graphicx}\n";
  if (!isPlain)
    yield "% XeLaTeX or LuaLaTeX, with a font that has these letters, such as \\usepackage{xeCJK}\n";
  yield `\\begin{table}\n  \\centering\n  \\begin{tabular}{l${"r".repeat(columns.labels.length)}}\n    \\toprule\n`;
  yield line(["", ...columns.labels.map((label) => `\\rotatebox{90}{${latexText(label)}}`)]);
  yield "    \\midrule\n";
  for (const [row, label] of rows.labels.entries()) {
    const values = columns.labels.map((_, column) =>
      cell(matrix.data[row * matrix.columns + column] ?? Number.NaN),
    );
    yield line([latexText(label), ...values]);
  }
  yield `    \\bottomrule\n  \\end{tabular}\n  \\caption{${latexText(caption)}}\n\\end{table}\n`;
}

/** A matrix as a LaTeX table, whole. */
export function writeLatex(drawing: Drawing): string {
  return [...latexLots(drawing)].join("");
}

/** A number in math mode: its minus, its power of ten, its infinity. */
function cell(value: number): string {
  const text = number(value)
    .replaceAll(",", "{,}")
    .replace("−", "-")
    .replace("∞", "\\infty")
    .replace(
      /\s*×\s*10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/u,
      (_, power: string) => `\\times 10^{${power.normalize("NFKC").replace("−", "-")}}`,
    );
  return `$${text}$`;
}
