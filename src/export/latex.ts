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

/** A matrix as a LaTeX table (package booktabs): numbers to three significant digits, its caption below. */
export function writeLatex({ matrix, rows, columns, caption }: Drawing): string {
  const head = ["", ...columns.labels.map((label) => `\\rotatebox{90}{${latexText(label)}}`)];
  const body = rows.labels.map((label, row) => {
    const values = columns.labels.map((_, column) =>
      cell(matrix.data[row * matrix.columns + column] ?? Number.NaN),
    );
    return [latexText(label), ...values];
  });
  const lines = (table: readonly (readonly string[])[]) =>
    table.map((cells) => `    ${cells.join(" & ")} \\\\`);
  const isPlain = [...rows.labels, ...columns.labels, caption].every((text) => PLAIN.test(text));
  return [
    "% \\usepackage{booktabs,graphicx}",
    ...(isPlain
      ? []
      : ["% XeLaTeX or LuaLaTeX, with a font that has these letters, such as \\usepackage{xeCJK}"]),
    "\\begin{table}",
    "  \\centering",
    `  \\begin{tabular}{l${"r".repeat(columns.labels.length)}}`,
    "    \\toprule",
    ...lines([head]),
    "    \\midrule",
    ...lines(body),
    "    \\bottomrule",
    "  \\end{tabular}",
    `  \\caption{${latexText(caption)}}`,
    "\\end{table}",
    "",
  ].join("\n");
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
