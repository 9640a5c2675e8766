import type { Axis } from "../engine/tensor";
import type { Trace } from "../engine/trace";
import { largestOf, type Matrix } from "../viz/heatmap";
import { type RampKind, rampOf, type Theme } from "../viz/ramp";
import { headTensorAt, matrixAt, placeOf, tokensAlong, type Where } from "../viz/siteView";
import { tokenText } from "../viz/tokenText";

/** The words of a figure, in the reader's language. */
export interface Words {
  /** What the figure shows: below it, and its accessible name. */
  readonly caption: string;
  readonly axes: Readonly<Record<"query" | "key" | "position" | "dimension", string>>;
}

/** An axis of a figure. */
export interface DrawnAxis {
  readonly role: keyof Words["axes"];
  readonly name: string;
  readonly labels: readonly string[];
}

/** A matrix of a trace with all that is drawn around it. */
export interface Drawing {
  /** [rows, columns] */
  readonly matrix: Matrix;
  readonly rows: DrawnAxis;
  readonly columns: DrawnAxis;
  readonly kind: RampKind;
  readonly limit: number;
  readonly caption: string;
}

/** The matrix of a site for one head as a figure, or null where the trace does not hold it. */
export function drawingOf(trace: Trace, looked: Where, part: string, words: Words): Drawing | null {
  const where = placeOf(looked, part);
  const tensor = headTensorAt(trace, where, part);
  if (tensor === null) return null;
  const matrix = matrixAt(tensor, trace, where);
  const [rowAxis = "one", columnAxis = "one"] = tensor.axes.slice(-2);
  const axis = (own: Axis, length: number): DrawnAxis => {
    const role =
      own === "query_pos" ? "query" : own === "key_pos" ? "key" : own === "pos" ? "position" : "dimension";
    const labels =
      role === "dimension"
        ? Array.from({ length }, (_, at) => `d${at}`)
        : tokensAlong(own, trace, where).map((token) => tokenText(token.text));
    return { role, name: words.axes[role], labels };
  };
  const shares = /(?:hook_pattern|step_exp)$/.test(part);
  return {
    matrix,
    rows: axis(rowAxis, matrix.rows),
    columns: axis(columnAxis, matrix.columns),
    kind: shares ? "sequential" : "diverging",
    limit: shares ? 1 : largestOf(matrix.data),
    caption: words.caption,
  };
}

/** Ink and paper of a theme, and the colours of roles. */
export function colours(theme: Theme) {
  return INKS[theme];
}

const INKS = {
  light: {
    paper: "#ffffff",
    ink: "#16181d",
    soft: "#5a606b",
    hair: "#d8d8d2",
    query: "#0067a5",
    key: "#b34700",
    position: "#16181d",
    dimension: "#5a606b",
    line: "#5b3a9e",
  },
  dark: {
    paper: "#111316",
    ink: "#e9eaec",
    soft: "#a2a8b3",
    hair: "#3a3f47",
    query: "#62b6f0",
    key: "#f2a15f",
    position: "#e9eaec",
    dimension: "#a2a8b3",
    line: "#b39df0",
  },
} as const;

/** The ramp that a drawing is painted with. */
export function rampFor({ kind }: Drawing, theme: Theme) {
  return rampOf(kind, theme);
}
