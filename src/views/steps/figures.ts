import type { AxisRole, Cell, MatrixAxis, MatrixFigure } from "../../components/matrixFigure";
import type { Axis, Tensor } from "../../engine/tensor";
import type { Trace } from "../../engine/trace";
import type { Translate } from "../../i18n/translator";
import type { Selection } from "../../store/selection";
import { largestOf, type Matrix } from "../../viz/heatmap";
import { indexAt, matrixAt, tokensAlong } from "../../viz/siteView";
import { tokenText } from "../../viz/tokenText";

/** A site of a trace as a figure, with the way from its cells to selections and back. */
export interface SiteFigure {
  /** Without stack and layer. */
  readonly site: string;
  readonly figure: MatrixFigure;
  /** The cell of a selection. */
  cellOf(selection: Selection): Cell;
  /** What to select for a cell. */
  selectionOf(cell: Cell): Partial<Selection>;
}

const SHARES = /(?:hook_pattern|step_exp)$/;

/** The matrix of a site for the chosen head. */
export function siteFigure(
  site: string,
  tensor: Tensor,
  trace: Trace,
  selection: Selection,
  t: Translate,
): SiteFigure {
  const [rowAxis = "pos", columnAxis = "one"] = tensor.axes.slice(-2);
  const matrix = matrixAt(tensor, trace, selection);
  const rows = axisOf(rowAxis, matrix.rows, site, trace, selection, t);
  const columns = axisOf(columnAxis, matrix.columns, site, trace, selection, t);
  const shares = SHARES.test(site);
  const kind = shares || site.endsWith("row_sum") ? "sequential" : "diverging";
  return {
    site,
    figure: { matrix, rows, columns, kind, limit: shares ? 1 : limitOf(tensor, matrix) },
    cellOf: (selected) => {
      const [row = 0, column = 0] = indexAt(tensor, trace, selected).slice(-2);
      return { row, column };
    },
    selectionOf: ({ row, column }) => ({ ...place(rowAxis, row), ...place(columnAxis, column) }),
  };
}

/** One head's own scale: heads differ by far more than a shared scale could show. */
function limitOf(tensor: Tensor, matrix: Matrix): number {
  return largestOf(tensor.axes.length > 2 ? matrix.data : tensor.data);
}

function place(axis: Axis, at: number): Partial<Selection> {
  switch (axis) {
    case "query_pos":
    case "pos":
      return { query: at };
    case "key_pos":
      return { key: at };
    case "one":
      return {};
    default:
      return { dimension: at };
  }
}

function axisOf(
  axis: Axis,
  length: number,
  site: string,
  trace: Trace,
  selection: Selection,
  t: Translate,
): MatrixAxis {
  const role = roleOf(axis, site);
  const name = t(`steps.role.${role}`);
  if (role === "dimension") return { role, name, labels: dimensions(length) };
  return { role, name, labels: tokensAlong(axis, trace, selection).map((token) => tokenText(token.text)) };
}

function roleOf(axis: Axis, site: string): AxisRole {
  if (axis === "query_pos") return "query";
  if (axis === "key_pos") return site.endsWith("hook_v") ? "value" : "key";
  return axis === "pos" ? "position" : "dimension";
}

const known = new Map<number, readonly string[]>();

/** "d0", "d1", … as formulas count dimensions. */
function dimensions(length: number): readonly string[] {
  const labels = known.get(length) ?? Array.from({ length }, (_, at) => `d${at}`);
  known.set(length, labels);
  return labels;
}

/** The last two axes of a site with their lengths; "one" where each row is a single number. */
export function shapeOf(
  tensor: Tensor,
  site: string,
): readonly { readonly role: AxisRole | "one"; readonly count: number }[] {
  const lengths = tensor.shape.slice(-2);
  return tensor.axes.slice(-2).map((axis, place) => ({
    role: axis === "one" ? "one" : roleOf(axis, site),
    count: lengths[place] ?? 1,
  }));
}
