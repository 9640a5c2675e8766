import { useMemo, useState } from "react";
import { AxisNote } from "../../components/AxisNote";
import { HeadPicker, type HeadPlace } from "../../components/HeadPicker";
import type { Cell, MatrixFigure } from "../../components/matrixFigure";
import { PatternGrid } from "../../components/PatternGrid";
import { Slider } from "../../components/Slider";
import { TokenAt } from "../../components/TokenAt";
import { TransposeBox } from "../../components/TransposeBox";
import type { StackSpec } from "../../engine/spec";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import type { DecodePart } from "../../store/answers";
import { useSettings } from "../../store/SettingsContext";
import { percent } from "../../viz/format";
import { rowOf } from "../../viz/siteView";
import { tokenText } from "../../viz/tokenText";
import { AlignmentLines } from "./AlignmentLines";
import styles from "./Decode.module.css";
import { attentionAlong, keyTexts } from "./path";
import type { Search } from "./useDecoding";

interface Props {
  search: Search;
  part: DecodePart;
  stack: StackSpec;
  place: HeadPlace;
  path: readonly number[];
  /** The emitted token whose look is shown. */
  step: number;
  onStep(step: number): void;
  onPlace(place: HeadPlace): void;
}

/** What one head looked at while each token was written: all of it as a matrix, one step at a time as lines. */
export function OverTime({ search, part, stack, place, path, step, onStep, onPlace }: Props) {
  const t = useT();
  const transpose = useSettings((settings) => settings.transpose);
  const set = useSettings((settings) => settings.set);
  const [pointed, setPointed] = useState<Cell | null>(null);
  const keys = useMemo(() => keyTexts(part, path, place).map(tokenText), [part, path, place]);
  const written = path.map((node) => tokenText(part.nodes[node]?.text ?? ""));
  const matrix = useMemo(
    () => attentionAlong(search, path, place, keys.length),
    [search, path, place, keys.length],
  );
  const figure: MatrixFigure = {
    matrix,
    rows: { role: "query", name: t("decode.written"), labels: written },
    columns: { role: "key", name: t("steps.role.key"), labels: keys },
    kind: "sequential",
    limit: 1,
  };
  const row = rowOf(matrix, step);
  const most = strongest(row);
  const selected = { row: step, column: most };
  const said = { token: written[step] ?? "", key: keys[most] ?? "", share: percent(row[most] ?? 0) };
  return (
    <section aria-label={t("decode.overTime")} className={styles.overTime} data-spare={2}>
      <h3>{t("decode.overTime")}</h3>
      <p className={styles.looks}>
        <T
          id={place.attention === "cross_attn" ? "decode.looks.cross" : "decode.looks.self"}
          components={{
            token: <TokenAt tokens={written} at={step} as="query" />,
            key: <TokenAt tokens={keys} at={most} as="key" />,
            share: <b className={styles.share}>{said.share}</b>,
          }}
        />
      </p>
      <div className={styles.scrub}>
        <Slider
          label={t("decode.scrub")}
          value={step + 1}
          min={1}
          max={path.length}
          step={1}
          text={t("decode.at", { step: step + 1, all: path.length, token: said.token })}
          onChange={(value) => onStep(value - 1)}
        />
        <HeadPicker label={t("decode.head")} stack={stack} chosen={place} onChoose={onPlace} />
      </div>
      <div className={styles.pictures}>
        <AlignmentLines
          label={t("decode.lines", said)}
          keys={keys}
          written={written}
          step={step}
          row={row}
          onStep={onStep}
        />
        <div>
          <PatternGrid
            label={t("decode.matrix")}
            figure={figure}
            selected={selected}
            looked={pointed ?? selected}
            transpose={transpose}
            onLook={setPointed}
            onLock={(cell) => onStep(cell.row)}
            onMove={(cell) => onStep(cell.row)}
          />
          <AxisNote transpose={transpose} columns={transpose ? figure.matrix.rows : figure.matrix.columns} />
          <TransposeBox checked={transpose} onChange={(next) => set({ transpose: next })} />
        </div>
      </div>
    </section>
  );
}

function strongest(row: Float32Array): number {
  return row.reduce((best, share, at) => (share > (row[best] ?? 0) ? at : best), 0);
}
