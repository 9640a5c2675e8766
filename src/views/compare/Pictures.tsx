import { useState } from "react";
import { AxisNote } from "../../components/AxisNote";
import type { Cell, MatrixFigure } from "../../components/matrixFigure";
import { PatternGrid } from "../../components/PatternGrid";
import { TransposeBox } from "../../components/TransposeBox";
import type { Tensor } from "../../engine/tensor";
import { useT } from "../../i18n/I18n";
import type { Gathering } from "../../store/options";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { useSettings } from "../../store/SettingsContext";
import { largestOf } from "../../viz/heatmap";
import styles from "./Compare.module.css";
import { CompareSentence } from "./CompareSentence";
import type { Comparison } from "./comparison";

interface Props {
  comparison: Comparison;
  gatherings: { readonly a: Gathering; readonly b: Gathering };
}

/** The two side by side and their difference, over the same aligned tokens; pointing at one points at all. */
export function Pictures({ comparison, gatherings }: Props) {
  const t = useT();
  const store = useSessionStore();
  const transpose = useSettings((settings) => settings.transpose);
  const set = useSettings((settings) => settings.set);
  const { query, key } = useSession((session) => session.selection);
  const [pointed, setPointed] = useState<Cell | null>(null);
  const { queries, keys, queryTexts, keyTexts, a, b, difference } = comparison;
  const selected = {
    row: Math.max(
      0,
      queries.findIndex((pair) => pair.a === query),
    ),
    column: Math.max(
      0,
      keys.findIndex((pair) => pair.a === key),
    ),
  };
  const select = (cell: Cell, lock: boolean) => {
    const place = { query: queries[cell.row]?.a ?? query, key: keys[cell.column]?.a ?? key };
    if (lock) store.getState().lock(place);
    else store.getState().select(place);
  };
  const isShared = gatherings.a === gatherings.b;
  const limitOf = (gathering: Gathering, data: Float32Array) =>
    gathering === "raw" || gathering === "rollout" ? 1 : largestOf(data);
  const both = Math.max(limitOf(gatherings.a, a.data), limitOf(gatherings.b, b.data));
  const kindOf = (gathering: Gathering) => (gathering === "gradient" ? "diverging" : "sequential");
  const figure = ({ data }: Tensor, kind: MatrixFigure["kind"], limit: number): MatrixFigure => ({
    matrix: { data, rows: queries.length, columns: keys.length },
    rows: { role: "query", name: t("steps.role.query"), labels: queryTexts },
    columns: { role: "key", name: t("steps.role.key"), labels: keyTexts },
    kind,
    limit,
  });
  const pictures = [
    {
      id: "a",
      figure: figure(a, kindOf(gatherings.a), isShared ? both : limitOf(gatherings.a, a.data)),
    },
    {
      id: "b",
      figure: figure(b, kindOf(gatherings.b), isShared ? both : limitOf(gatherings.b, b.data)),
    },
    { id: "difference", figure: figure(difference, "diverging", largestOf(difference.data)) },
  ] as const;
  return (
    <>
      <CompareSentence
        comparison={comparison}
        at={pointed ?? comparison.largest}
        isPointed={pointed !== null}
        isScaled={!isShared}
      />
      <div className={styles.pictures}>
        {pictures.map((picture) => (
          <figure key={picture.id} className={styles.picture}>
            <figcaption>{t(`compare.picture.${picture.id}`)}</figcaption>
            <PatternGrid
              label={t(`compare.picture.${picture.id}`)}
              figure={picture.figure}
              selected={selected}
              looked={pointed ?? selected}
              transpose={transpose}
              onLook={setPointed}
              onLock={(cell) => select(cell, true)}
              onMove={(cell) => select(cell, false)}
            />
            <AxisNote transpose={transpose} columns={transpose ? queries.length : keys.length} />
          </figure>
        ))}
      </div>
      <TransposeBox checked={transpose} onChange={(next) => set({ transpose: next })} />
      {!isShared && <p className={styles.about}>{t("compare.scaled")}</p>}
    </>
  );
}
