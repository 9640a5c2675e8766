import { useMemo } from "react";
import { AxisNote } from "../../components/AxisNote";
import { type Curve, Curves } from "../../components/Curves";
import type { Cell, MatrixFigure } from "../../components/matrixFigure";
import { PatternGrid } from "../../components/PatternGrid";
import { Segmented } from "../../components/Segmented";
import { TransposeBox } from "../../components/TransposeBox";
import type { Token } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { useLooked, useSession, useSessionStore } from "../../store/SessionContext";
import { useSettings } from "../../store/SettingsContext";
import type { Selection } from "../../store/selection";
import { likenessFigure, schemeFigure } from "./figures";
import styles from "./Position.module.css";
import type { PositionFacts } from "./positionFacts";

interface Props {
  /** Its rank among what is left out where there is no room. */
  spare: number | undefined;
  facts: PositionFacts;
  tokens: readonly Token[];
  by: "dot" | "cosine";
  onBy(by: "dot" | "cosine"): void;
}

/** The scheme as a heatmap, as curves, and as the likeness of any two positions. */
export function SchemeFigures({ spare, facts, tokens, by, onBy }: Props) {
  const t = useT();
  const store = useSessionStore();
  const selection = useSession((session) => session.selection);
  const looked = useLooked();
  const transpose = useSettings((settings) => settings.transpose);
  const set = useSettings((settings) => settings.set);
  const { table, columns, scheme } = facts;
  const isBias = columns === "distance";
  // What a scheme is known by: waves by their curves, a learned table by which of its rows are alike.
  const isWaves = scheme === "sinusoidal";
  const figure = useMemo(() => schemeFigure(t, facts, tokens), [t, facts, tokens]);
  const alike = useMemo(() => likenessFigure(t, facts, tokens), [t, facts, tokens]);
  const curves = useMemo(() => curvesOf(facts, figure), [facts, figure]);
  const name = t(`position.table.${scheme}`, { turned: String(transpose) });
  const middle = (table.columns - 1) / 2;
  const cellOf = ({ head, query, key, dimension }: Selection): Cell =>
    isBias
      ? { row: head, column: middle + key - query }
      : { row: query, column: Math.min(dimension, table.columns - 1) };
  const changeOf = ({ row, column }: Cell): Partial<Selection> => {
    if (isBias) {
      const key = looked.query + column - middle;
      return key >= 0 && key < tokens.length ? { head: row, key } : { head: row };
    }
    return row < tokens.length ? { query: row, dimension: column } : { dimension: column };
  };
  const pairOf = ({ row, column }: Cell): Partial<Selection> =>
    row < tokens.length && column < tokens.length ? { query: row, key: column } : {};
  return (
    <>
      <div className={styles.figures} data-spare={spare}>
        <figure>
          <figcaption>{name}</figcaption>
          <PatternGrid
            label={name}
            figure={figure}
            transpose={transpose}
            selected={cellOf(selection)}
            looked={cellOf(looked)}
            onLook={(cell) => store.getState().look(cell && changeOf(cell))}
            onLock={(cell) => store.getState().lock(changeOf(cell))}
            onMove={(cell) => store.getState().select(changeOf(cell))}
          />
        </figure>
        <figure data-spare={isWaves ? undefined : 1}>
          <figcaption>{t(isBias ? "position.curves.distance" : "position.curves")}</figcaption>
          <Curves
            label={t(isBias ? "position.curves.distance" : "position.curves")}
            curves={curves}
            ends={
              isBias
                ? [figure.columns.labels[0] ?? "", figure.columns.labels.at(-1) ?? ""]
                : ["0", String(table.rows - 1)]
            }
            at={isBias ? middle + looked.key - looked.query : looked.query}
          />
        </figure>
        <figure data-spare={isWaves ? 1 : undefined}>
          <figcaption>
            {t(isBias ? "position.bias" : "position.alike")}
            {columns === "dimension" && (
              <Segmented
                label={t("position.by")}
                choices={(["cosine", "dot"] as const).map((id) => ({ id, name: t(`position.by.${id}`) }))}
                chosen={by}
                onChoose={onBy}
              />
            )}
          </figcaption>
          <PatternGrid
            label={t(isBias ? "position.bias" : "position.alike")}
            figure={alike}
            transpose={transpose}
            selected={{ row: selection.query, column: selection.key }}
            looked={{ row: looked.query, column: looked.key }}
            onLook={(cell) => store.getState().look(cell && pairOf(cell))}
            onLock={(cell) => store.getState().lock(pairOf(cell))}
            onMove={(cell) => store.getState().select(pairOf(cell))}
          />
          {isBias && <AxisNote transpose={transpose} columns={alike.matrix.rows} />}
        </figure>
      </div>
      <div className={styles.turn} data-spare={3}>
        <TransposeBox checked={transpose} onChange={(next) => set({ transpose: next })} />
      </div>
    </>
  );
}

/** Columns of the table along its positions; of a bias, its rows along the distances. */
function curvesOf({ table, columns, drawn }: PositionFacts, figure: MatrixFigure): readonly Curve[] {
  return drawn.map((at) => ({
    id: String(at),
    name: (columns === "distance" ? figure.rows : figure.columns).labels[at] ?? "",
    values:
      columns === "distance"
        ? table.data.subarray(at * table.columns, (at + 1) * table.columns)
        : Float32Array.from({ length: table.rows }, (_, row) => table.data[row * table.columns + at] ?? 0),
  }));
}
