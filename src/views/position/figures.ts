import type { MatrixAxis, MatrixFigure } from "../../components/matrixFigure";
import type { Token } from "../../engine/trace";
import type { Translate } from "../../i18n/translator";
import { largestOf } from "../../viz/heatmap";
import { tokenText } from "../../viz/tokenText";
import type { PositionFacts } from "./positionFacts";

/** Positions by their number, and by their token where the text reaches them. */
export function positionLabels(length: number, tokens: readonly Token[]): readonly string[] {
  return Array.from({ length }, (_, at) => {
    const token = tokens[at];
    return token === undefined ? String(at) : `${at} ${tokenText(token.text)}`;
  });
}

/** The scheme's own numbers as a figure. */
export function schemeFigure(t: Translate, facts: PositionFacts, tokens: readonly Token[]): MatrixFigure {
  const { table, columns } = facts;
  const numbered = (length: number, name: (at: number) => string): readonly string[] =>
    Array.from({ length }, (_, at) => name(at));
  const rows: MatrixAxis =
    columns === "distance"
      ? {
          role: "dimension",
          name: t("position.axis.head"),
          labels: numbered(table.rows, (head) => t("position.head", { head })),
        }
      : { role: "position", name: t("position.axis.position"), labels: positionLabels(table.rows, tokens) };
  const half = (table.columns - 1) / 2;
  return {
    matrix: table,
    rows,
    columns: {
      role: "dimension",
      name: t(`position.axis.${columns}`),
      labels: numbered(table.columns, (at) =>
        columns === "distance"
          ? distanceText(at - half)
          : columns === "pair"
            ? t("position.pair", { pair: at })
            : `d${at}`,
      ),
    },
    kind: "diverging",
    limit: largestOf(table.data),
  };
}

/** Likeness of positions, or the head's bias between them, as a figure. */
export function likenessFigure(t: Translate, facts: PositionFacts, tokens: readonly Token[]): MatrixFigure {
  const { likeness, columns } = facts;
  const labels = positionLabels(likeness.rows, tokens);
  const isBias = columns === "distance";
  return {
    matrix: likeness,
    rows: { role: isBias ? "query" : "position", name: t("position.axis.position"), labels },
    columns: { role: isBias ? "key" : "position", name: t("position.axis.position"), labels },
    kind: "diverging",
    limit: largestOf(likeness.data),
  };
}

/** A distance with its sign: −3, 0, +3. */
export function distanceText(distance: number): string {
  return distance > 0 ? `+${distance}` : distance < 0 ? `−${-distance}` : "0";
}
